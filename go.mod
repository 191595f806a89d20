module github.com/relais-snp/relais

go 1.26.8
