-- Statistics read the signals of one kind and one time.
CREATE INDEX signals_by_kind ON signals (kind, at);
