"""A filled form for each template of the product, in both languages."""

from typing import Any

_PLAN: dict[str, Any] = {
    "title": "Harbour Bakery: plan for three years",
    "organisation": "Harbour Bakery",
    "currency": "EUR",
    "starts_on": "2027-03-01",
    "problem": "Offices at the harbour have no bakery within walking distance.\n"
    "Whoever wants breakfast brings it from home or goes without.",
    "offer": "Bread and breakfast, baked on the spot and delivered to desks before nine.",
    "customers": ["office workers at the harbour", "cafés that bake nothing themselves"],
    "market_size": "4200000",
    "competitors": [
        {
            "name": "Pan & Co",
            "strength": "Known in town, low prices",
            "answer": "We deliver, they do not",
        },
        {"name": "Supermarket", "strength": "Long hours", "answer": "Ours is fresh"},
    ],
    "channels": ["A stand at the tram stop", "Standing orders by telephone"],
    "team": [
        {"name": "Ana Pérez", "role": "Baker", "experience": "Twelve years in two bakeries"},
        {"name": "Jo Writer", "role": "Sales", "experience": None},
    ],
    "milestones": [
        {"day": "2027-01-15", "milestone": "Oven installed"},
        {"day": "2027-03-01", "milestone": "First day of sales"},
    ],
    "price": "6.5",
    "unit_cost": "2.4",
    "first_month_sales": "2600",
    "monthly_growth": "2",
    "fixed_costs": "11500",
    "investment": [
        {"item": "Oven", "amount": "38000"},
        {"item": "Shop fittings", "amount": "21500"},
    ],
    "own_funds": "30000",
    "risks": [{"risk": "Flour becomes dearer", "answer": "A yearly contract with the mill"}],
}
_PLAN_ES: dict[str, Any] = _PLAN | {
    "title": "Panadería del Puerto: plan a tres años",
    "organisation": "Panadería del Puerto",
    "problem": "Las oficinas del puerto no tienen ninguna panadería cerca.\n"
    "Quien quiere desayunar lo trae de casa o se queda sin desayuno.",
    "offer": "Pan y desayunos, horneados allí mismo y entregados antes de las nueve.",
    "customers": ["quienes trabajan en las oficinas del puerto", "cafeterías sin horno"],
    "competitors": [
        {
            "name": "Pan y Cía.",
            "strength": "Conocida, precios bajos",
            "answer": "Nosotros llevamos el pan",
        }
    ],
    "channels": ["Un puesto en la parada del tranvía", "Pedidos fijos por teléfono"],
    "team": [{"name": "Ana Pérez", "role": "Panadera", "experience": "Doce años de oficio"}],
    "milestones": [{"day": "2027-03-01", "milestone": "Primer día de venta"}],
    "investment": [
        {"item": "Horno", "amount": "38000"},
        {"item": "Local", "amount": "21500"},
    ],
    "risks": [{"risk": "La harina se encarece", "answer": "Contrato anual con el molino"}],
}
_CENTRE = {
    "programme": [
        {"course": "Data for managers", "audience": "Heads of department", "hours": "24"},
        {"course": "Statistics from zero", "audience": "Anybody", "hours": "40"},
    ],
    "accreditation": "Both courses end with a certificate of the chamber of commerce.",
    "price": "420",
    "unit_cost": "120",
    "first_month_sales": "22",
}
_CENTRE_ES = _CENTRE | {
    "programme": [
        {"course": "Datos para la dirección", "audience": "Jefaturas", "hours": "24"},
        {"course": "Estadística desde cero", "audience": "Cualquiera", "hours": "40"},
    ],
    "accreditation": "Los dos cursos terminan con un certificado de la cámara de comercio.",
}
_CAMPAIGN: dict[str, Any] = {
    "period": {"start": "2026-09-01", "end": "2026-09-28"},
    "currency": "EUR",
    "campaigns": [],
}
_OFFER: dict[str, Any] = {
    "title": "A shop that answers in a second",
    "client": {"name": "Marta Ruiz", "email": "marta@example.org", "role": "Head of sales"},
    "client_organisation": "Ruiz Shoes",
    "organisation": "Trellis Studio",
    "sender": {"name": "Jo Writer", "email": "jo@example.org", "role": "Consultant"},
    "currency": "EUR",
    "need": "The online shop is slow on telephones, and every third visitor leaves before the "
    "first picture is there.",
    "objectives": ["Pages that are there within a second", "Fewer visitors who leave"],
    "phases": [
        {"phase": "Measure", "work": "Find what takes time, on real telephones", "weeks": "2"},
        {"phase": "Mend", "work": "Rebuild the pages that are opened most", "weeks": "6"},
        {"phase": "Hand over", "work": "Train your team and write it down", "weeks": "1"},
    ],
    "deliverables": ["A report of the measurements", "The rebuilt pages", "A day of training"],
    "experience": "We have done this for four shops of your size.",
    "prices": [
        {"item": "Analysis", "quantity": "1", "unit_price": "3200"},
        {"item": "Days of development", "quantity": "24", "unit_price": "640"},
        {"item": "Training", "quantity": "1.5", "unit_price": "900"},
    ],
    "discount": "5",
    "tax": "21",
    "payment_days": "30",
    "starts_on": "2026-11-02",
    "valid_until": "2026-10-31",
}
_OFFER_ES: dict[str, Any] = _OFFER | {
    "title": "Una tienda que responde en un segundo",
    "client": {"name": "Marta Ruiz", "email": None, "role": "Directora de ventas"},
    "client_organisation": "Zapatos Ruiz",
    "need": "La tienda en línea va lenta en los teléfonos y uno de cada tres visitantes se va "
    "antes de ver la primera imagen.",
    "objectives": ["Páginas listas en un segundo", "Menos visitantes que se van"],
    "phases": [
        {"phase": "Medir", "work": "Ver qué tarda, en teléfonos de verdad", "weeks": "2"},
        {"phase": "Arreglar", "work": "Rehacer las páginas más visitadas", "weeks": "7"},
    ],
    "deliverables": ["Un informe de las mediciones", "Las páginas rehechas"],
    "experience": "Lo hemos hecho en cuatro tiendas de su tamaño.",
    "prices": [
        {"item": "Análisis", "quantity": "1", "unit_price": "3200"},
        {"item": "Días de desarrollo", "quantity": "24", "unit_price": "640"},
    ],
}
_CONTRACT: dict[str, Any] = {
    "title": "Contract for services",
    "client_name": "Ruiz Shoes S.L.",
    "client_address": "Calle Mayor 7\n46001 Valencia",
    "client_number": "B12345678",
    "client_signer": {"name": "Marta Ruiz", "email": None, "role": "Managing director"},
    "provider_name": "Trellis Studio S.L.",
    "provider_address": "Paseo del Puerto 12\n46024 Valencia",
    "provider_number": None,
    "provider_signer": {"name": "Jo Writer", "email": None, "role": None},
    "services": "Rebuilding the pages of the online shop that are opened most.",
    "deliverables": ["The rebuilt pages", "A description of how they are kept up"],
    "acceptance_days": "14",
    "rights": "client",
    "starts_on": "2026-11-02",
    "ends_on": "2027-01-29",
    "currency": "EUR",
    "fee": "18560",
    "fee_basis": "fixed",
    "tax": "21",
    "payment_days": "30",
    "late_interest": "8",
    "personal_data": "yes",
    "confidential_years": "3",
    "liability_cap": "50000",
    "notice_days": "30",
    "law": "Spain",
    "courts": "Valencia",
}
_CONTRACT_ES: dict[str, Any] = _CONTRACT | {
    "title": "Contrato de servicios",
    "client_name": "Zapatos Ruiz, S. L.",
    "client_signer": {"name": "Marta Ruiz", "email": None, "role": "Administradora"},
    "services": "Rehacer las páginas de la tienda en línea que más se visitan.",
    "deliverables": ["Las páginas rehechas", "Una descripción de su mantenimiento"],
    "law": "España",
    "ends_on": None,
    "fee_basis": "monthly",
    "fee": "4200",
}
_TRAINING: dict[str, Any] = {
    "course": {
        "title": "Data for managers",
        "code": "DM-2026",
        "starts_on": "2026-11-09",
        "ends_on": "2026-12-18",
    },
    "hours": "24",
    "participants": "12",
    "attendance": "80",
}
_PITCH: dict[str, Any] = {
    "title": "Bread before nine",
    "organisation": "Harbour Bakery",
    "currency": "EUR",
    "problem": ["Offices at the harbour have no bakery", "People work without breakfast"],
    "solution": ["We bake on the spot", "We deliver to desks before nine", "Orders by telephone"],
    "evidence": [
        {"figure": "6 of 10", "meaning": "would order every day", "source": "Survey, May 2026"}
    ],
    "revenue": [
        {"year": "2027", "amount": "210000"},
        {"year": "2028", "amount": "265000"},
        {"year": "2029", "amount": "340000"},
    ],
    "plan": [
        {"day": "2027-01-15", "milestone": "Oven installed"},
        {"day": "2027-03-01", "milestone": "First day of sales"},
    ],
    "ask": "60000",
    "uses": [{"use": "Oven", "amount": "38000"}, {"use": "Shop fittings", "amount": "16000"}],
    "decision": "A yes by the end of the month, so that the oven can be ordered.",
}
_PITCH_ES: dict[str, Any] = _PITCH | {
    "title": "Pan antes de las nueve",
    "organisation": "Panadería del Puerto",
    "problem": ["Las oficinas del puerto no tienen panadería", "Se trabaja sin desayunar"],
    "solution": ["Horneamos allí mismo", "Entregamos antes de las nueve"],
    "evidence": [
        {"figure": "6 de 10", "meaning": "pedirían a diario", "source": "Encuesta, mayo de 2026"}
    ],
    "plan": [{"day": "2027-03-01", "milestone": "Primer día de venta"}],
    "uses": [{"use": "Horno", "amount": "38000"}, {"use": "Local", "amount": "22000"}],
    "decision": "Un sí antes de fin de mes, para encargar el horno.",
}
_MAIL: dict[str, Any] = {
    "title": "Our conversation of Tuesday",
    "to_address": "marta@example.org",
    "to_name": "Marta Ruiz",
    "sender": {"name": "Jo Writer", "email": "jo@example.org", "role": "Consultant"},
    "organisation": "Trellis Studio",
    "tone": "formal",
    "next_step": "please tell me which of the two dates suits you.",
    "due_on": "2026-10-09",
}
_MAIL_ES: dict[str, Any] = _MAIL | {
    "title": "Nuestra conversación del martes",
    "tone": "friendly",
    "next_step": "dígame cuál de las dos fechas le conviene.",
}
_FOLLOW_UP: dict[str, Any] = {
    "purpose": "follow_up",
    "context": "You told us that the shop is slow on telephones.",
    "points": ["We measure it in the first two weeks", "You decide afterwards"],
}
_FOLLOW_UP_ES: dict[str, Any] = _FOLLOW_UP | {
    "context": "Nos contó que la tienda va lenta en los teléfonos.",
    "points": ["La medimos en las dos primeras semanas", "Usted decide después"],
}
_INVITATION: dict[str, Any] = {
    "course": _TRAINING["course"],
    "context": None,
    "points": ["read a chart", "tell a trend from noise"],
}
_INVITATION_ES: dict[str, Any] = _INVITATION | {
    "points": ["leer un gráfico", "distinguir una tendencia del azar"]
}
_PROJECT: dict[str, Any] = {
    "title": "Shop rebuild: third month",
    "currency": "EUR",
    "assessment": "The work goes well; the payment page took longer than expected.",
    "work": [
        {"piece": "Measurements", "done": "100", "planned": "3200", "spent": "3100"},
        {"piece": "Payment page", "done": "80", "planned": "6000", "spent": "7250"},
        {"piece": "Training", "done": "0", "planned": "1350", "spent": "0"},
    ],
    "issues": [{"issue": "The bank answers slowly", "answer": "We call every Monday"}],
    "next_steps": ["Finish the payment page", "Agree on the day of training"],
    "reader_name": "Marta Ruiz",
}
_PROJECT_ES: dict[str, Any] = _PROJECT | {
    "title": "Renovación de la tienda: tercer mes",
    "assessment": "El trabajo avanza bien; la página de pago llevó más tiempo del previsto.",
    "work": [
        {"piece": "Mediciones", "done": "100", "planned": "3200", "spent": "3100"},
        {"piece": "Página de pago", "done": "80", "planned": "6000", "spent": "7250"},
    ],
    "issues": [{"issue": "El banco tarda en responder", "answer": "Llamamos cada lunes"}],
    "next_steps": ["Terminar la página de pago"],
}
_REVIEW: dict[str, Any] = _CAMPAIGN | {
    "title": "September in review",
    "organisation": "Ruiz Shoes",
    "next_steps": ["Move budget to the brand campaign", "Test two new pictures"],
}
_REVIEW_ES: dict[str, Any] = _REVIEW | {
    "title": "Balance de septiembre",
    "next_steps": ["Pasar presupuesto a la campaña de marca"],
}

EXAMPLES: dict[str, dict[str, dict[str, Any]]] = {
    "campaign-report": {
        "en": _CAMPAIGN | {"title": "Autumn report", "roas_target": "3", "remarks": None},
        "es": _CAMPAIGN | {"title": "Informe de otoño", "roas_target": "3", "remarks": "Bien."},
    },
    "campaign-summary": {
        "en": _CAMPAIGN | {"title": "Autumn in short", "budget": "2000"},
        "es": _CAMPAIGN | {"title": "El otoño en breve", "budget": "2000"},
    },
    "project-report": {"en": _PROJECT, "es": _PROJECT_ES},
    "business-plan": {"en": _PLAN, "es": _PLAN_ES},
    "training-centre-plan": {"en": _PLAN | _CENTRE, "es": _PLAN_ES | _CENTRE_ES},
    "service-proposal": {"en": _OFFER, "es": _OFFER_ES},
    "campaign-proposal": {"en": _OFFER | _CAMPAIGN, "es": _OFFER_ES | _CAMPAIGN},
    "service-contract": {"en": _CONTRACT, "es": _CONTRACT_ES},
    "training-contract": {
        "en": _CONTRACT | _TRAINING | {"title": "Training contract"},
        "es": _CONTRACT_ES | _TRAINING | {"title": "Contrato de formación"},
    },
    "pitch": {"en": _PITCH, "es": _PITCH_ES},
    "campaign-review": {"en": _REVIEW, "es": _REVIEW_ES},
    "follow-up-email": {"en": _MAIL | _FOLLOW_UP, "es": _MAIL_ES | _FOLLOW_UP_ES},
    "course-invitation": {"en": _MAIL | _INVITATION, "es": _MAIL_ES | _INVITATION_ES},
    "campaign-update": {"en": _MAIL | _CAMPAIGN, "es": _MAIL_ES | _CAMPAIGN},
}
