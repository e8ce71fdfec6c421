-- One row a person, under a keyed pseudonym: neither name nor e-mail leaves the records.
-- grain: user_id
-- reads: records_users
SELECT
    user_id,
    NULL::VARCHAR AS industry,
    NULL::VARCHAR AS company,
    is_sample,
    created_at
FROM records_users
ORDER BY user_id
