package page

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"backprop/data/testkit"
)

const (
	// commandLimit is how long one command may take. On a quiet machine the slowest
	// one, printing the largest page, takes 7 seconds.
	commandLimit = 2 * time.Minute
	// patience is how long the page may take to show what a command has led to. On a
	// quiet machine it takes less than a second.
	patience = 30 * time.Second
	// reserve is what is kept of go test's own limit to end the browser.
	reserve = 30 * time.Second
)

// A browser is a session of WebDriver (https://www.w3.org/TR/webdriver2/).
type browser struct {
	t     *testing.T
	url   string // of the session
	site  string // the page's URL, with a / at its end
	pages string // the only URLs that may be requested begin with this
}

// newBrowser starts a browser with a window, preferences and settings of its own.
// It is gone when the test is over.
func newBrowser(t *testing.T, site string) *browser {
	t.Helper()
	binary := testkit.Tool(t, "chromium")
	// t.TempDir would fail the test if the browser still writes to its folder.
	folder, err := os.MkdirTemp("", "browser")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	args := []string{"--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--window-size=1280,900", "--user-data-dir=" + folder}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox") // root cannot have a sandbox
	}
	process := testkit.Start(t, exec.Command(testkit.Tool(t, "chromedriver"), "--port=0"))
	driver := "http://127.0.0.1:" + strings.TrimSuffix(awaitLine(process, "started successfully on port "), ".")

	b := &browser{t: t, url: driver + "/session", site: site}
	var session struct {
		SessionID    string
		Capabilities struct {
			ProcessID int `json:"goog:processID"`
		}
	}
	t.Cleanup(func() { // shutdown ends the browser, also one that is still starting
		ctx, cancel := context.WithTimeout(context.Background(), reserve/2)
		defer cancel()
		if err := (&browser{url: driver}).send(ctx, "GET", "/shutdown", nil, nil); err != nil {
			t.Errorf("got the browser still there: %v", err)
			if p, err := os.FindProcess(session.Capabilities.ProcessID); err == nil && p.Pid > 0 {
				p.Kill()
			}
		}
	})
	b.call("POST", "", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"timeouts":           map[string]any{"script": commandLimit.Milliseconds(), "pageLoad": commandLimit.Milliseconds()},
		"goog:chromeOptions": map[string]any{"binary": binary, "args": args, "perfLoggingPrefs": map[string]any{"enablePage": false}},
		"goog:loggingPrefs":  map[string]string{"browser": "ALL", "performance": "ALL"},
	}}}, &session)
	b.url += "/" + session.SessionID
	return b
}

// awaitLine waits for a line with the text and returns what follows on that line.
func awaitLine(p *testkit.Process, text string) string {
	p.Await(text)
	p.Await("\n")
	_, rest, _ := strings.Cut(p.Out.Text(), text)
	line, _, _ := strings.Cut(rest, "\n")
	return line
}

// in returns the browser for a part of the test. At the end of the part its console
// must be empty, where it also says what the Content-Security-Policy refused, and
// nothing but the pages must have been requested.
func (b *browser) in(t *testing.T) *browser {
	t.Helper()
	mine := *b
	mine.t, mine.pages = t, b.site
	mine.console() // these lines and requests belong to another part
	mine.requests()
	t.Cleanup(func() {
		for _, line := range mine.console() {
			t.Errorf("console: got %q, want nothing", line)
		}
		requests := mine.requests()
		if len(requests) == 0 {
			t.Error("requests: got none, want those of the pages")
		}
		for _, url := range requests {
			if !slices.ContainsFunc([]string{mine.pages, "about:", "data:", "chrome:"}, func(prefix string) bool { return strings.HasPrefix(url, prefix) }) {
				t.Errorf("requests: got %s, want only what begins with %s", url, mine.pages)
			}
		}
	})
	return &mine
}

// send sends a command and decodes what it returns into result.
func (b *browser) send(ctx context.Context, method, path string, body, result any) error {
	var content io.Reader
	if method == "POST" {
		if body == nil {
			body = struct{}{}
		}
		text, err := json.Marshal(body)
		if err != nil {
			return err
		}
		content = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, method, b.url+path, content)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	var answer struct{ Value json.RawMessage }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		var failure struct{ Error, Message string }
		json.Unmarshal(answer.Value, &failure)
		message, _, _ := strings.Cut(failure.Message, "\n")
		return fmt.Errorf("%s: %s", failure.Error, message)
	}
	if result == nil {
		return nil
	}
	return json.Unmarshal(answer.Value, result)
}

// call sends a command that must succeed.
func (b *browser) call(method, path string, body, result any) {
	b.t.Helper()
	end := time.Now().Add(commandLimit)
	if deadline, ok := b.t.Deadline(); ok && deadline.Add(-reserve).Before(end) {
		end = deadline.Add(-reserve)
	}
	ctx, cancel := context.WithDeadline(context.Background(), end)
	defer cancel()
	if err := b.send(ctx, method, path, body, result); err != nil {
		b.t.Fatalf("%s %s %.300v: %v", method, path, body, err)
	}
}

// eval runs a script in the page and returns what the script returns.
func eval[T any](b *browser, script string, args ...any) (result T) {
	b.t.Helper()
	if args == nil {
		args = []any{}
	}
	b.call("POST", "/execute/sync", map[string]any{"script": script, "args": args}, &result)
	return result
}

// open loads the page of a query, which may end with a fragment.
func (b *browser) open(query string) { b.t.Helper(); b.load(b.site + "?" + query) }

// load loads a page, also where the URL differs only in its fragment. The mouse waits
// in the corner, where no number can come below it when the page scrolls.
func (b *browser) load(url string) {
	b.t.Helper()
	b.pointer("mouse", "viewport", 0, 0)
	page, _, _ := strings.Cut(url, "#")
	if here, _, _ := strings.Cut(b.location(), "#"); here == page {
		b.call("POST", "/url", map[string]any{"url": "about:blank"}, nil)
	}
	b.call("POST", "/url", map[string]any{"url": url}, nil)
}

func (b *browser) back() { b.t.Helper(); b.call("POST", "/back", nil, nil) }

func (b *browser) location() (url string) {
	b.t.Helper()
	b.call("GET", "/url", nil, &url)
	return url
}

// An element is WebDriver's reference to one.
type element map[string]string

func (b *browser) onElement(e element, command string, body any) {
	b.t.Helper()
	for _, id := range e {
		b.call("POST", "/element/"+id+"/"+command, body, nil)
	}
}

// find returns the first element that matches, having scrolled it to the middle of
// the window, where nothing is in front of it.
func (b *browser) find(selector string) element {
	b.t.Helper()
	e := eval[element](b, `const e = document.querySelector(arguments[0]);
		e?.scrollIntoView({block: "center", inline: "nearest"});
		return e`, selector)
	if e == nil {
		b.t.Fatalf("got no element %s on the page", selector)
	}
	return e
}

// click clicks on an element.
func (b *browser) click(selector string) {
	b.t.Helper()
	b.onElement(b.find(selector), "click", nil)
}

// write writes into a form's field, in place of what is there.
func (b *browser) write(selector, text string) {
	b.t.Helper()
	e := b.find(selector)
	b.onElement(e, "clear", nil)
	b.onElement(e, "value", map[string]any{"text": text})
}

// point moves the mouse to the middle of an element.
func (b *browser) point(selector string) {
	b.t.Helper()
	e := b.find(selector)
	// Let the page see that it has been scrolled before it sees the mouse.
	b.call("POST", "/execute/async", map[string]any{"script": `requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(arguments[0])))`, "args": []any{}}, nil)
	b.pointer("mouse", e, 0, 0)
}

// pointer moves a mouse, or a finger, to a place seen from an element's middle or
// from the window's corner (with "viewport"), and then does what else is given.
func (b *browser) pointer(kind string, origin any, x, y float64, then ...string) {
	b.t.Helper()
	steps := []map[string]any{{"type": "pointerMove", "origin": origin, "x": int(x), "y": int(y), "duration": 0}}
	for _, step := range then {
		steps = append(steps, map[string]any{"type": step, "button": 0})
	}
	b.call("POST", "/actions", map[string]any{"actions": []any{map[string]any{
		"type": "pointer", "id": kind, "parameters": map[string]any{"pointerType": kind}, "actions": steps}}}, nil)
}

// The keys that are not letters, as WebDriver names them.
const (
	keyTab, keyEnter, keyEscape             = "\ue004", "\ue007", "\ue00c"
	keyLeft, keyUp, keyRight, keyDown       = "\ue012", "\ue013", "\ue014", "\ue015"
	keyPageUp, keyPageDown, keyEnd, keyHome = "\ue00e", "\ue00f", "\ue010", "\ue011"
)

// press presses keys, one after the other.
func (b *browser) press(keys ...string) {
	b.t.Helper()
	var steps []map[string]string
	for _, key := range keys {
		steps = append(steps, map[string]string{"type": "keyDown", "value": key}, map[string]string{"type": "keyUp", "value": key})
	}
	b.call("POST", "/actions", map[string]any{"actions": []any{map[string]any{"type": "key", "id": "keys", "actions": steps}}}, nil)
}

// devtools sends a command of Chromium's own.
func devtools[T any](b *browser, command string, params map[string]any) (result T) {
	b.t.Helper()
	b.call("POST", "/goog/cdp/execute", map[string]any{"cmd": command, "params": params}, &result)
	return result
}

// emulate sends a command, and undoes it when the test is over.
func (b *browser) emulate(command string, params map[string]any, undo string, undoParams map[string]any) {
	b.t.Helper()
	devtools[any](b, "Emulation."+command, params)
	b.t.Cleanup(func() { devtools[any](b, "Emulation."+undo, undoParams) })
}

// window gives the page a window of that size, on a phone or not.
func (b *browser) window(width, height, scale int, phone bool) {
	b.t.Helper()
	b.emulate("setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": scale, "mobile": phone},
		"clearDeviceMetricsOverride", map[string]any{})
}

func (b *browser) resize(width, height int) { b.t.Helper(); b.window(width, height, 1, false) }

// phone gives the page a phone's window, and fingers.
func (b *browser) phone() {
	b.t.Helper()
	b.window(390, 844, 2, true)
	b.emulate("setTouchEmulationEnabled", map[string]any{"enabled": true}, "setTouchEmulationEnabled", map[string]any{"enabled": false})
}

// prefer makes the page a dark or a light one.
func (b *browser) prefer(scheme string) {
	b.t.Helper()
	feature := func(value string) map[string]any {
		return map[string]any{"features": []any{map[string]string{"name": "prefers-color-scheme", "value": value}}}
	}
	b.emulate("setEmulatedMedia", feature(scheme), "setEmulatedMedia", feature(""))
}

// blockScripts keeps the scripts of the next pages from running. Those of eval do run.
func (b *browser) blockScripts() {
	b.t.Helper()
	b.emulate("setScriptExecutionDisabled", map[string]any{"value": true}, "setScriptExecutionDisabled", map[string]any{"value": false})
}

// printed returns the page as a PDF on A4. (WebDriver's own command gives the page no
// more than 10 seconds.)
func (b *browser) printed() []byte {
	b.t.Helper()
	const cm = 1 / 2.54 // in inches
	return devtools[struct{ Data []byte }](b, "Page.printToPDF", map[string]any{"paperWidth": 21 * cm, "paperHeight": 29.7 * cm,
		"marginTop": 1.2 * cm, "marginBottom": 1.2 * cm, "marginLeft": 1.2 * cm, "marginRight": 1.2 * cm}).Data
}

// await waits until got returns want.
func (b *browser) await(what string, got func() string, want string) {
	b.t.Helper()
	last := got()
	for begin := time.Now(); last != want; last = got() {
		if time.Since(begin) > patience {
			b.t.Fatalf("%s: got\n%s\nwant\n%s", what, last, want)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// awaitScript waits until a script returns want.
func (b *browser) awaitScript(what, script, want string) {
	b.t.Helper()
	b.await(what, func() string { return eval[string](b, script) }, want)
}

// log returns the messages of one of the browser's logs since the last time.
func (b *browser) log(kind string) (messages []string) {
	b.t.Helper()
	var entries []struct{ Message string }
	b.call("POST", "/se/log", map[string]any{"type": kind}, &entries)
	for _, e := range entries {
		messages = append(messages, e.Message)
	}
	return messages
}

// console returns what the console has said, but for the status of the pages that
// say what is wrong with their settings.
func (b *browser) console() []string {
	b.t.Helper()
	return slices.DeleteFunc(b.log("browser"), func(message string) bool {
		return strings.Contains(message, "the server responded with a status of 400 (Bad Request)")
	})
}

// requests returns the URLs that were asked for.
func (b *browser) requests() (urls []string) {
	b.t.Helper()
	for _, message := range b.log("performance") {
		var event struct {
			Message struct {
				Method string
				Params struct{ Request struct{ URL string } }
			}
		}
		if err := json.Unmarshal([]byte(message), &event); err != nil {
			b.t.Fatal(err)
		}
		if event.Message.Method == "Network.requestWillBeSent" {
			urls = append(urls, event.Message.Params.Request.URL)
		}
	}
	return urls
}
