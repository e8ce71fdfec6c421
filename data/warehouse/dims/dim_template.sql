-- One row a version of a document template.
-- grain: template_id
-- reads: records_templates
SELECT template_id, slug, version, name, document_type, industry, is_sample
FROM records_templates
ORDER BY template_id
