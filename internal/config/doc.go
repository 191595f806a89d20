// Package config says how this Relais is set up: defaults, then a YAML file,
// then the environment, then files that hold secrets. The later one wins.
//
// Decisions
//   - Every setting has one flat name: addr in the file is RELAIS_ADDR in the
//     environment. A secret may also come from the file that RELAIS_X_FILE
//     names; giving both is an error, not a precedence to remember.
//   - An unknown name in the file is refused: it is a slip. One in the
//     environment is only remarked upon, because orchestrators put names of
//     their own there (a service called relais brings RELAIS_PORT).
//   - Everything wrong is reported at once, by setting, without its value.
//   - No setting at all is a working single-machine service.
package config
