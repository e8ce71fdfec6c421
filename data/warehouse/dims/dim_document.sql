-- One row a finished document.
-- grain: document_id
-- references: template_id -> dim_template
-- reads: records_documents
SELECT
    document_id,
    template_id,
    document_type,
    language,
    lake_generation,
    is_sample,
    created_at
FROM records_documents
ORDER BY document_id
