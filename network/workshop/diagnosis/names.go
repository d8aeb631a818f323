package diagnosis

// Names returns the names of the mistakes that can be found in the exercise of that name.
// (Two that depend on what the learner's function did are not among them: that an input was
// changed in place, which has the input's name, and that every row is the last one.)
func Names(exercise string) []string {
	var names []string
	for _, m := range mistakesOf(exercise) {
		names = append(names, m.name)
	}
	for _, b := range blanks {
		names = append(names, b.name)
	}
	return append(names, AllZeros)
}
