package iris

import (
	"encoding/csv"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A record is a line of a file, split into fields without the blanks around them.
type record struct {
	line   int // of the file, from 1
	fields []string
}

// A file is what a file says before its numbers are read.
type file struct {
	records      []record
	decimalComma bool     // 5,1 is 5.1: something else separates the fields
	attributes   []string // the names of the columns in an ARFF file's header
}

// split splits a file into records. It leaves out comments (#), lines of blanks, and lines of
// separators only.
func split(text string) (*file, error) {
	text = strings.TrimPrefix(text, "\ufeff") // the byte order mark of some programs
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	f := new(file)
	f.attributes, text = cutARFF(text)
	separator, text := separatorOf(text)
	f.decimalComma = separator != ','
	var err error
	if separator == ' ' {
		f.records = splitAtBlanks(text)
	} else {
		f.records, err = splitCSV(text, separator)
	}
	return f, err
}

// separatorOf returns what separates the fields, and the text without a first line that only says
// that.
func separatorOf(text string) (separator rune, rest string) {
	if match := excelLine.FindStringSubmatch(text); match != nil {
		return rune(match[1][0]), text[len(match[0]):]
	}
	return likelySeparator(text), text
}

// excelLine is a line that tells Excel the separator. Its end is not part of it, so that the
// lines below keep their numbers.
var excelLine = regexp.MustCompile(`(?im)\Asep=([;,\t])[;,\s]*?$`)

// likelySeparator returns a semicolon, a tab, a comma, or a blank for one or more of them. The
// first line with text tells.
func likelySeparator(text string) rune {
	line := firstLine(quoted.ReplaceAllString(text, "x"))
	blanks := strings.Fields(line)
	tabs := strings.Split(line, "\t")
	switch {
	case strings.Contains(line, ";"):
		return ';'
	case len(tabs) >= 4 && !besideComma.MatchString(line):
		return '\t'
	case len(blanks) >= 4 && (!strings.Contains(line, ",") || areDecimalCommas(blanks[:2])):
		return ' '
	default:
		return ','
	}
}

var (
	quoted       = regexp.MustCompile(`"[^"\n]*"`)
	besideComma  = regexp.MustCompile(`,\s*\t|\t\s*,`)
	decimalComma = regexp.MustCompile(`^[+-]?\d+,\d+$`)
)

func areDecimalCommas(fields []string) bool {
	return !slices.ContainsFunc(fields, func(field string) bool {
		return !decimalComma.MatchString(field)
	})
}

// firstLine returns the first line that is neither blank nor a comment.
func firstLine(text string) string {
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			return line
		}
	}
	return ""
}

// splitCSV splits a file whose fields may be quoted.
func splitCSV(text string, separator rune) (records []record, err error) {
	in := csv.NewReader(strings.NewReader(text))
	in.Comma = separator
	in.Comment = '#'
	in.FieldsPerRecord = -1 // counted by readFlower, with a clearer error
	in.TrimLeadingSpace = separator != '\t'
	for {
		fields, err := in.Read()
		var parse *csv.ParseError
		if errors.As(err, &parse) {
			return nil, fmt.Errorf("line %d, character %d: found %w, "+
				"expected comma-separated values", parse.Line, parse.Column, parse.Err)
		}
		if err != nil { // the end
			return records, nil
		}
		line, _ := in.FieldPos(0)
		records = appendRecord(records, line, fields)
	}
}

// A word is a field between blanks. "Iris setosa" and "I. setosa" are one.
var word = regexp.MustCompile(`"[^"]*"|(?i:iris|i\.) +\pL+|\S+`)

// splitAtBlanks splits a file whose fields have blanks between them.
func splitAtBlanks(text string) (records []record) {
	for i, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := word.FindAllString(line, -1)
		for j := range fields {
			fields[j] = strings.Trim(fields[j], `"`)
		}
		records = appendRecord(records, i+1, fields)
	}
	return records
}

// appendRecord appends a line's fields, unless all of them are empty.
func appendRecord(records []record, line int, fields []string) []record {
	fields = trim(fields)
	if strings.Join(fields, "") == "" {
		return records
	}
	return append(records, record{line, fields})
}

// trim returns the fields without the blanks around them.
func trim(fields []string) []string {
	trimmed := make([]string, len(fields))
	for i, field := range fields {
		trimmed[i] = strings.TrimSpace(field)
	}
	return trimmed
}

var attribute = regexp.MustCompile(`(?i)^\s*@attribute\s+('[^']*'|"[^"]*"|\S+)`)

// cutARFF returns the names of the columns in the header of Weka's ARFF, and the text with empty
// lines in the place of that header and of the comments (%). For another file that is no name,
// and all of the text.
func cutARFF(text string) (names []string, rest string) {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if match := attribute.FindStringSubmatch(line); match != nil {
			names = append(names, strings.Trim(match[1], `'"`))
		}
		switch begin := strings.TrimSpace(line); {
		case strings.HasPrefix(begin, "@"), strings.HasPrefix(begin, "%"):
			lines[i] = ""
		case names != nil:
			lines[i] = strings.ReplaceAll(line, "'", `"`) // the quotes that Weka writes
		}
	}
	if names == nil {
		return nil, text
	}
	return names, strings.Join(lines, "\n")
}
