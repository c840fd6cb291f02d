-- The cause of a rating named the chat it came from. Statistics hold no chat numbers: new causes are keyed hashes.
UPDATE signals SET dedupe = 'old:' || id WHERE dedupe LIKE 'rate:%';
