-- One row a finished document: how long it really took, and how well it came out.
-- grain: document_id
-- references: document_id -> dim_document, user_id -> dim_user
-- references: template_id -> dim_template, date_id -> dim_date
-- reads: records_documents
SELECT
    document_id,
    user_id,
    template_id,
    strftime(created_at AT TIME ZONE 'UTC', '%Y%m%d')::INTEGER AS date_id,
    generation_time_seconds,
    quality_score,
    user_satisfaction_score
FROM records_documents
ORDER BY document_id
