package territory

import "testing"

func BenchmarkFirstUse(b *testing.B) {
	b.Run("decode", func(b *testing.B) {
		for b.Loop() {
			if _, err := decode(packed); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("index", func(b *testing.B) {
		for b.Loop() {
			newIndex(Communes().communes)
		}
	})
}
