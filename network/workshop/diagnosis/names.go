package diagnosis

// Names returns the names of the mistakes that people are known to make in the exercise. (Those
// that can be made in any exercise, two at once and an input changed in place are not among them.)
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
