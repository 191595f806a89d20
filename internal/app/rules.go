package app

import (
	"bytes"
	"errors"
	"fmt"
	"os"

	"go.yaml.in/yaml/v3"

	"github.com/relais-snp/relais/configs"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/config"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/regulation"
)

// rulesOf are the figures of regulation that the settings hold.
func rulesOf(cfg config.Config) regulation.Rules {
	rules := regulation.DefaultRules()
	rules.HoldFor, rules.ExtendFor, rules.PinFor = cfg.HoldFor(), cfg.ExtendBy(), cfg.PinFor()
	rules.HoldLimit, rules.ProfessionalsBook = cfg.HoldLimit, cfg.ProfessionalsBook
	return rules
}

// readSNPRules reads the dated rules of SNP acts: those shipped, or the
// operator's file in their place.
func readSNPRules(cfg config.Config) (indicator.Rules, error) {
	return readRules[indicator.Rules](configs.Regulation, "regulation.yaml", cfg.RegulationFile, "regulation_file")
}

// readAttributionRules reads the dated rules of finding a médecin traitant:
// those shipped, or the operator's file in their place.
func readAttributionRules(cfg config.Config) (attribution.Rules, error) {
	return readRules[attribution.Rules](configs.Attribution, "attribution.yaml", cfg.AttributionFile, "attribution_file")
}

// readRules reads what was shipped under a name, or the file that a setting leads to.
func readRules[R interface{ Validate() error }](shipped []byte, name, file, setting string) (rules R, err error) {
	text := shipped
	if file != "" {
		name = file
		if text, err = os.ReadFile(name); err != nil {
			return rules, misuse("%s: %w", setting, err)
		}
	}
	if err := decodeYAML(text, &rules); err != nil {
		return rules, misuse("%s: %w", name, err)
	}
	if err := rules.Validate(); err != nil {
		return rules, misuse("%s: %w", name, allFields(err))
	}
	return rules, nil
}

// decodeYAML refuses names that it does not know.
func decodeYAML(text []byte, into any) error {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("not understood: %w", err)
	}
	return nil
}

// lookAtRules says which dated rules would be in force.
func lookAtRules(cfg config.Config) (string, error) {
	_, snp := readSNPRules(cfg)
	_, tiers := readAttributionRules(cfg)
	_, money := readFundingRules(cfg)
	where := func(file string) string {
		if file == "" {
			return "as shipped"
		}
		return "of " + file
	}
	return fmt.Sprintf("SNP acts %s, médecin traitant %s, funding %s",
		where(cfg.RegulationFile), where(cfg.AttributionFile), where(cfg.FundingDir)), errors.Join(snp, tiers, money)
}
