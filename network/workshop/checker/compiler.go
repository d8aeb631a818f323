package checker

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"backprop/network/workshop/exercise"
)

var (
	ofFile  = regexp.MustCompile(`exercises\.go:(\d+)`)
	ofChild = regexp.MustCompile(`checker[/\\]child[/\\]main\.go:.*\bworkshop\.(\w+)`)
	unknown = regexp.MustCompile(`undefined: (\w+)`)
	literal = regexp.MustCompile(`"[^"]*"`)
	comment = regexp.MustCompile(`//.*`)

	// atNextFunc is the message about a func at the beginning of a line where none
	// may be.
	atNextFunc = regexp.MustCompile(`:6: syntax error: unexpected [\w ]+, expected \(`)

	// ofExercises matches what the compiler says of the learner's folder, or of what
	// calls their functions.
	ofExercises = regexp.MustCompile(`network[/\\]workshop[/\\][^/\\]+\.go:|checker[/\\]child[/\\]main\.go:|found packages|importable package`)
)

// A message is one of the compiler's, with the line of exercises.go that it is
// about, or 0.
type message struct {
	text string
	line int
}

// complaints returns the compiler's messages, a continued one in one line.
func complaints(says string) (list []message) {
	for _, text := range strings.Split(strings.TrimSpace(says), "\n") {
		switch {
		case strings.HasPrefix(text, "# "):
		case strings.HasPrefix(text, "\t") && len(list) > 0:
			list[len(list)-1].text += " " + strings.TrimSpace(text)
		default:
			m := message{text: text}
			if match := ofFile.FindStringSubmatch(text); match != nil {
				m.line, _ = strconv.Atoi(match[1]) // digits, or too many of them: 0 then
			}
			list = append(list, m)
		}
	}
	return list
}

// complaint returns the message to begin with: the first about exercises.go. An
// unused variable often goes with another one, which is the reason for it.
func complaint(says string) (first message) {
	for _, m := range complaints(says) {
		if m.line > 0 && !strings.Contains(m.text, "declared and not used") {
			return m
		}
		if first.text == "" || first.line == 0 && m.line > 0 {
			first = m
		}
	}
	return first
}

// explain returns the sentence that explains the message, or "".
func explain(text, line string) (string, error) {
	entries, err := explanations()
	if err != nil {
		return "", err
	}
	name := "-" // which no line has
	if match := unknown.FindStringSubmatch(text); match != nil {
		name = match[1]
	}
	line = comment.ReplaceAllString(literal.ReplaceAllString(line, `""`), "")
	for _, e := range entries {
		if e.fits(text, line, name) {
			return unbroken(e.sentence), nil
		}
	}
	return "", nil
}

// unbroken returns the text with no-break spaces in what stands between backquotes,
// for wrap, and without those.
func unbroken(text string) string {
	parts := strings.Split(text, "`")
	for i := 1; i < len(parts); i += 2 {
		parts[i] = strings.ReplaceAll(parts[i], " ", "\u00a0")
	}
	return strings.Join(parts, "")
}

// blamed returns the number of the exercise that does not compile, or 0. If one has
// a } too few, Go notices it at the next func.
func (c *checker) blamed() int {
	m := complaint(c.compiler)
	if atNextFunc.MatchString(m.text) {
		for m.line > 1 && c.source.lineText(m.line) != "" {
			m.line--
		}
		for m.line > 1 && c.source.lineText(m.line) == "" {
			m.line--
		}
	}
	return c.source.exerciseAt(m.line)
}

// changedHead returns the number of an exercise whose function is gone, or has not
// the parameters and results that it had, if that is what the compiler says or the
// exercise that it speaks of; or 0.
func (c *checker) changedHead() int {
	name := ""
	m := complaint(c.compiler)
	if strings.Contains(m.text, "redeclared") {
		return 0
	}
	if match := ofChild.FindStringSubmatch(c.compiler); match != nil {
		name = match[1]
	} else if match := unknown.FindStringSubmatch(m.text); match != nil && exercise.Number(match[1]) > 0 {
		name = match[1]
	} else if n := c.blamed(); n > 0 && c.source.parsed && c.source.head(exercises[n-1].Name) != start.head(exercises[n-1].Name) {
		name = exercises[n-1].Name
	}
	return exercise.Number(name)
}

// showCompiler writes what the compiler said, and what that means.
func (c *checker) showCompiler(w io.Writer) error {
	var b strings.Builder
	b.WriteString("The workshop: backpropagation, written by you\n\n")
	blamed, where := c.blamed(), ""
	if blamed > 0 {
		where = fmt.Sprintf(" (exercise %d, %s)", blamed, exercises[blamed-1].Name)
	}
	wrap(&b, "", fmt.Sprintf("%s does not compile yet%s, so nothing can be checked. Go says:", file, where))
	first := complaint(c.compiler)
	b.WriteByte('\n')
	wrap(&b, "  ", shorten(first.text, 300))
	more := 0
	for _, m := range complaints(c.compiler) {
		if m == first {
			continue
		}
		if more++; more > 2 {
			b.WriteString("  …\n")
			break
		}
		wrap(&b, "  ", shorten(m.text, 300))
	}
	text := c.source.lineText(first.line)
	if text != "" {
		fmt.Fprintf(&b, "\nThe line is\n  %s\n", shorten(text, 76))
	}
	if n := c.changedHead(); n > 0 {
		b.WriteByte('\n')
		wrap(&b, "", fmt.Sprintf("Exercise %d, %s, is no longer there, or it has other parameters or results than at the start: the line that begins with func should stay as it was. go run . workshop -reset %d puts it back, and keeps yours in a file.", n, exercises[n-1].Name, n))
	} else {
		sentence, err := explain(first.text, text)
		if err != nil {
			return err
		}
		if sentence != "" {
			b.WriteByte('\n')
			wrap(&b, "", sentence)
		}
	}
	if blamed > 0 {
		b.WriteString("\nStuck?  go run . workshop -hint\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
