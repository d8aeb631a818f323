package walkthrough

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestParseRows(t *testing.T) {
	all := make([]int, 150)
	for row := range all {
		all[row] = row
	}
	expected := "expected row numbers from 0"
	for _, test := range []struct {
		text string
		most int
		want []int
		err  string
	}{
		{"0", 1, []int{0}, ""},
		{"1,51,101", 3, []int{1, 51, 101}, ""},
		{"0-149", 150, all, ""},
		{"0-0", 1, []int{0}, ""},
		{"2-4,1,7-8", 6, []int{2, 3, 4, 1, 7, 8}, ""},
		{" 1, 2-3 ", 3, []int{1, 2, 3}, ""},
		{"1,1", 2, []int{1, 1}, ""},
		{"007", 1, []int{7}, ""},
		{"0-150", 150, nil, "expected at most 150 rows"},
		{"0-1073741823", 150, nil, "expected at most 150 rows"},
		{"1,2,3", 2, nil, "expected at most 2 rows"},
		{"", 9, nil, expected},
		{"-", 9, nil, expected},
		{"1-", 9, nil, expected},
		{"-1", 9, nil, expected},
		{"2-1", 9, nil, expected},
		{"1-2-3", 9, nil, expected},
		{"1 - 2", 9, nil, expected},
		{"1–2", 9, nil, expected},
		{"+1", 9, nil, expected},
		{"1,", 9, nil, expected},
		{"0x1", 9, nil, expected},
		{"1073741824", 9, nil, expected},
	} {
		t.Run(strconv.Quote(test.text), func(t *testing.T) {
			got, err := parseRows(test.text, test.most)
			if !slices.Equal(got, test.want) || (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
				t.Errorf("got %v, %v, want %v, %q", got, err, test.want, test.err)
			}
		})
	}
}
