package page

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"backprop/network/walkthrough"
	"backprop/network/walkthrough/command"
)

//go:embed icon.svg
var icon string

// A handler answers for the step page. It keeps nothing from one request to the next.
type handler struct {
	notebook walkthrough.Notebook
	start    start
	mux      *http.ServeMux
	pageTime time.Duration
	quick    chan struct{} // has a slot for each page that is computed at once
	slow     chan struct{} // and for those that take so long that the others must not wait for them
	names    []string      // of this machine, besides its addresses
	anyIP    bool          // are all of its addresses good, or only loopback ones?
}

// newHandler returns the handler of the pages that begin with start, once it has computed the
// first one.
func newHandler(notebook walkthrough.Notebook, start start) (*handler, error) {
	h := &handler{
		notebook: notebook,
		start:    start,
		mux:      http.NewServeMux(),
		pageTime: pageTime,
		quick:    make(chan struct{}, runtime.GOMAXPROCS(0)),
		slow:     make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2)),
		names:    []string{"localhost"},
	}
	q, _ := parseQuery("", start)
	usual, err := newPage(context.Background(), notebook, start.flowers, q)
	if err != nil {
		return nil, err
	}
	h.mux.HandleFunc("GET /{$}", h.servePage)
	type file struct{ contentType, content string }
	files := map[string]file{
		"/page.css": {"text/css; charset=utf-8", styleSheet(usual.Step)},
		"/icon.svg": {"image/svg+xml", icon},
	}
	for _, name := range scriptNames {
		files["/"+name] = file{"text/javascript; charset=utf-8", script(name)}
	}
	for path, file := range files {
		h.mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			write(w, http.StatusOK, file.contentType, []byte(file.content))
		})
	}
	h.mux.HandleFunc("GET /", func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "there is nothing here; the step page is at /", http.StatusNotFound)
	})
	return h, nil
}

// public lets other machines' requests through, which ask for this one by its address or by
// its name.
func (h *handler) public() {
	h.anyIP = true
	if name, err := os.Hostname(); err == nil {
		h.names = append(h.names, name, name+".local")
	}
}

// isOurs reports whether host is a name or an address of this machine. A page of somebody
// else's whose name was made to lead here (DNS rebinding) has another.
func (h *handler) isOurs(host string) bool {
	name := host
	if n, _, err := net.SplitHostPort(host); err == nil {
		name = n
	}
	name = strings.Trim(name, "[]")
	ip, err := netip.ParseAddr(name)
	if err == nil {
		return h.anyIP || ip.IsLoopback()
	}
	return slices.ContainsFunc(h.names, func(n string) bool { return n != "" && strings.EqualFold(n, name) })
}

// ServeHTTP implements http.Handler.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Cache-Control", "no-cache")
	if !h.isOurs(r.Host) {
		http.Error(w, "this page is only there under this machine's own address", http.StatusMisdirectedRequest)
		return
	}
	h.mux.ServeHTTP(w, r)
}

// servePage answers with the page that the URL's query asks for.
func (h *handler) servePage(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), h.pageTime)
	defer cancel()
	q, ok := parseQuery(r.URL.RawQuery, h.start)
	status, p := http.StatusOK, &page{Query: q}
	if ok {
		computed, err := h.compute(ctx, q)
		switch {
		case ctx.Err() != nil: // or the reader has gone, and nobody is left to be told
			w.Header().Set("Retry-After", "10")
			http.Error(w, "this takes too long, expected fewer steps or flowers, or fewer readers at once: try again in a moment", http.StatusServiceUnavailable)
			return
		case errors.Is(err, errTooLarge):
			p.Query.refuse("rate", err)
		case err != nil:
			p.Query.Problem = err.Error()
		default:
			p = computed
		}
	}
	if p.Step == nil {
		status = http.StatusBadRequest
	}
	var b bytes.Buffer
	if err := p.write(&b); err != nil {
		http.Error(w, "the page could not be written: "+command.OneLine(err), http.StatusInternalServerError)
		return
	}
	write(w, status, "text/html; charset=utf-8", b.Bytes())
}

// slowWork is from where on a page takes long: steps · flowers · hidden nodes, about 0.2
// seconds.
const slowWork = 3_000_000

// compute returns the page that q asks for, once there is a slot for computing it.
func (h *handler) compute(ctx context.Context, q query) (*page, error) {
	slots := h.quick
	if q.Run*len(q.Settings.Rows)*q.Settings.Hidden > slowWork {
		slots = h.slow
	}
	select {
	case slots <- struct{}{}:
		defer func() { <-slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return newPage(ctx, h.notebook, h.start.flowers, q)
}

// write answers with content; net/http leaves the body out for HEAD.
func write(w http.ResponseWriter, status int, contentType string, content []byte) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", fmt.Sprint(len(content)))
	w.WriteHeader(status)
	w.Write(content) // if it fails, the reader is gone, and nobody is left to be told
}
