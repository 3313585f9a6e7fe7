CREATE TABLE account (guild int, member int, coins bigint NOT NULL, PRIMARY KEY (guild, member)) WITH (fillfactor = 70);
CREATE TABLE ledger (id bigserial PRIMARY KEY, guild int, payer int, receiver int, coins bigint, at timestamptz);
CREATE TABLE request (id bigint PRIMARY KEY, at timestamptz NOT NULL);

-- Gives true when coins moved, now or when the key was first seen, and false when they are wanting.
CREATE FUNCTION pay(in_guild int, in_payer int, in_receiver int, in_coins bigint, in_most bigint, in_id bigint)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  held bigint;
  reached bigint;
BEGIN
  -- In the order of the key, so that two payments never wait for each other.
  PERFORM 1 FROM account WHERE guild = in_guild AND member IN (in_payer, in_receiver) ORDER BY member FOR UPDATE;
  PERFORM 1 FROM request WHERE id = in_id;
  IF FOUND THEN RETURN true; END IF;
  SELECT coins INTO held FROM account WHERE guild = in_guild AND member = in_payer;
  SELECT coins + in_coins INTO reached FROM account WHERE guild = in_guild AND member = in_receiver;
  IF held < in_coins OR reached > in_most THEN RETURN false; END IF;
  UPDATE account SET coins = held - in_coins WHERE guild = in_guild AND member = in_payer;
  UPDATE account SET coins = reached WHERE guild = in_guild AND member = in_receiver;
  INSERT INTO ledger (guild, payer, receiver, coins, at) VALUES (in_guild, in_payer, in_receiver, in_coins, now());
  INSERT INTO request (id, at) VALUES (in_id, now());
  RETURN true;
END $$;
