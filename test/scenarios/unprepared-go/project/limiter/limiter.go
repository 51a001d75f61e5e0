package limiter

// Limiter hands out tokens.
type Limiter struct{ Tokens int }

// Allow takes a token if there is one.
// @implements RATE-BUCKET
func (l *Limiter) Allow() bool {
	if l.Tokens <= 0 {
		return false
	}
	l.Tokens--
	return true
}

// Refill adds tokens.
func (l *Limiter) Refill(n int) { l.Tokens += n }
