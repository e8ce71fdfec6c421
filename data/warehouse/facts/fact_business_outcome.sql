-- What the whole business took on a day, or in the week that begins on it, whatever brought it:
-- total revenue, orders where they are told, and what else may explain them (promotion, price …).
-- grain: date_id, currency
-- references: date_id -> dim_date
-- reads: outcome_rows
SELECT
    (year(date) * 10000 + month(date) * 100 + day(date))::INTEGER AS date_id,
    currency,
    round(sum(revenue), 4)::DECIMAL(18, 4) AS revenue,
    round(sum(orders), 4)::DECIMAL(18, 4) AS orders,
    arg_max(controls, key) AS controls,
    max(period_days)::INTEGER AS period_days,
    bool_and(is_sample) AS is_sample,
    min(imported_at) AS created_at
FROM outcome_rows
GROUP BY date, currency
ORDER BY date_id, currency
