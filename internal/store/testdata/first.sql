-- A record as the first schema kept it. Frozen: later migrations must bring it over.
INSERT INTO practitioners (id, rpps, family, given, title, profession, specialty, phone) VALUES ('gp-1', '10000000001', 'Fictive', 'Ada', 'Dr', 'physician', 'Médecine générale', '+33199000002');
INSERT INTO practitioner_territories (practitioner, territory) VALUES ('gp-1', 'cpts-senart');
INSERT INTO locations (id, import_key, finess, name, address, postal_code, commune, phone) VALUES ('loc-1', 'name:cabinet du lavoir|91577', '', 'Cabinet du Lavoir', '3 rue du Lavoir', '91250', '91577', '+33199000001');
INSERT INTO practitioner_locations (practitioner, location) VALUES ('gp-1', 'loc-1');
INSERT INTO accounts (id, email, name, practitioner, password_hash, password_set_at, active, created_at) VALUES ('acc-gp', 'gp@relais.demo', 'Dr Ada Fictive', 'gp-1', '$argon2id$', '2026-11-23 12:00:00.123456+00:00', true, '2026-11-23 12:00:00.123456+00:00');
INSERT INTO account_roles (account, role) VALUES ('acc-gp', 'gp');
INSERT INTO account_territories (account, territory) VALUES ('acc-gp', 'cpts-senart');
INSERT INTO openings (id, territory, practitioner, location, start_at, end_at, slot_minutes, seats, modality, audience, note, weekdays, until_day, skip_holidays, created_at, created_by, stopped_from, materialised_to) VALUES ('op-1', 'cpts-senart', 'gp-1', 'loc-1', '2026-11-23 12:00:00.123456+00:00', '2026-11-23 14:00:00.123456+00:00', 0, 6, 'cabinet', 'cpts', 'Sonner', '1,4', '2027-02-01', true, '2026-11-20 08:00:00+00:00', 'acc-gp', '', '2026-12-01');
INSERT INTO slots (id, opening, territory, practitioner, location, start_at, end_at, modality, audience, seats, booked, withdrawn_at, revision, changed_at) VALUES ('slot-1', 'op-1', 'cpts-senart', 'gp-1', 'loc-1', '2026-11-23 12:00:00.123456+00:00', '2026-11-23 14:00:00.123456+00:00', 'cabinet', 'cpts', 6, '2', NULL, 3, '2026-11-22 09:00:00+00:00');
INSERT INTO cases (id, territory, opened_by, opened_at, commune, wished_delay_minutes, mt_status, first_proposal_at, held_at, closed_at, outcome, private, private_key) VALUES ('case-1', 'cpts-senart', 'acc-reg', '2026-11-22 08:50:00+00:00', '91577', 60, 'none', NULL, '2026-11-22 08:55:00+00:00', '2026-11-22 09:00:00+00:00', 'booked', NULL, NULL);
INSERT INTO bookings (id, slot, seat, state, fence, booked_at, booked_by, case_id, mt_status, own_mt, outcome_at, cancelled_at, cancelled_by, revision, changed_at, name_hash, private, private_key, cancel_reason, cancel_reason_key) VALUES ('booking-1', 'slot-1', 2, 'booked', 7, '2026-11-22 09:00:00+00:00', 'acc-reg', 'case-1', 'none', false, NULL, NULL, '', 1, '2026-11-22 09:00:00+00:00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO outbox (slot) VALUES ('slot-1');
INSERT INTO idempotency (actor, request_key, digest, made, made_at) VALUES ('acc-reg', 'key-00000001', 'digest', 'booking-1', '2026-11-22 09:00:00+00:00');
INSERT INTO audit (at, actor, action, target, territory, detail) VALUES ('2026-11-22 09:00:00+00:00', 'acc-reg', 'booking.book', 'booking:booking-1', 'cpts-senart', 'slot:slot-1');
INSERT INTO holds (slot, fence, over_at) VALUES ('slot-1', 41, '2026-11-20 08:06:00+00:00'), ('slot-1', 42, '2026-11-20 08:16:00+00:00');
