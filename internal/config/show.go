package config

import (
	"fmt"

	"github.com/go-viper/mapstructure/v2"
)

// Show words a setting's value for operators: of a secret, where it leads at
// most.
func (c Config) Show(key string) string {
	var values map[string]any
	decoder, err := mapstructure.NewDecoder(&mapstructure.DecoderConfig{Result: &values, TagName: "koanf"})
	if err != nil || decoder.Decode(c) != nil {
		return "?"
	}
	switch v := values[key].(type) {
	case Secret:
		return v.Place()
	case []string:
		if len(v) == 0 {
			return "-"
		}
		return fmt.Sprint(v)
	case string:
		if v == "" {
			return "-"
		}
		return v
	default:
		return fmt.Sprint(v)
	}
}
