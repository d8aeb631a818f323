package iris

import (
	"errors"
	"regexp"
	"strings"
)

// refuse returns an error that says what a file is and what to do with it, if it begins like one
// that has no flowers in it that could be read.
func refuse(text string) error {
	begin := strings.TrimLeft(strings.TrimPrefix(text[:min(len(text), 4096)], "\ufeff"), " \t\r\n")
	for _, kind := range kinds {
		if kind.magic != "" && strings.HasPrefix(text, kind.magic) || kind.begins != nil && kind.begins.MatchString(begin) {
			return errors.New("found " + kind.is + ", expected lines such as 5.1,3.5,1.4,0.2,Iris-setosa: " + kind.do)
		}
	}
	return nil
}

// kinds are files that people have in the place of one with flowers.
var kinds = []struct {
	magic  string         // the first bytes, or ""
	begins *regexp.Regexp // or what the text begins with
	is, do string
}{
	{"\xff\xfe", nil, "text in UTF-16", saveAsUTF8},
	{"\xfe\xff", nil, "text in UTF-16", saveAsUTF8},
	{"", regexp.MustCompile(`^[^\x00]?\x00[^\x00]\x00`), "text in UTF-16", saveAsUTF8},
	{"PK\x03\x04", nil, "an Excel workbook (or another archive)", "open it, and " + saveAsUTF8},
	{"\xd0\xcf\x11\xe0", nil, "an old Excel workbook", "open it, and " + saveAsUTF8},
	{"\x1f\x8b", nil, "a file compressed with gzip", "unpack it first"},
	{"%PDF", nil, "a PDF", "copy the table out of it, and " + saveAsUTF8},
	{"", regexp.MustCompile(`^[\[{]`), "JSON", "write a line for each flower, with commas between the values"},
	{"", regexp.MustCompile(`(?i)^<(!doctype|html|head|body|\?xml)`), "a web page, or XML", "download the file itself, such as a page's \"raw\" link"},
	{"", regexp.MustCompile(`^version https?://\S*git-lfs`), "a Git LFS pointer, which stands for a file", "run git lfs pull to get the file itself"},
	{"", regexp.MustCompile(`(?m)\A(#.*\n|\s*\n)*(import \w|from \w+(\.\w+)* import |def \w+\()`), "a Python program", "give the file that it reads or writes"},
}

const saveAsUTF8 = "save it as CSV UTF-8"
