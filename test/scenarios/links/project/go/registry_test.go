package boxes

import "testing"

type Store struct{ path string }

func (s *Store) Open() error { return nil }

func TestOpen(t *testing.T) {
	t.Run("opens an empty store", func(t *testing.T) {
		s := Store{}
		if s.Open() != nil {
			t.Fatal("closed")
		}
	})
}
