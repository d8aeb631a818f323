package page

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// How long the page takes, from the request to its last byte, without the
// network. The aim: below 50 ms for the first, below 100 ms for the second.
func BenchmarkPage(b *testing.B) {
	h := newTestHandler(b)
	for _, query := range []string{
		"step=10000",
		"step=1000&flowers=0-149",
	} {
		b.Run(query, func(b *testing.B) {
			for i := 0; i < b.N; i++ {
				w := httptest.NewRecorder()
				h.ServeHTTP(w, httptest.NewRequest("GET", "http://localhost/?"+query, nil))
				if w.Code != http.StatusOK {
					b.Fatalf("got status %d, want 200", w.Code)
				}
			}
		})
	}
}
