package palomar.config;

/// `[sieve]`
public record SieveSection(
        @Setting(doc = "Where users' Sieve scripts are kept, and how many.") ScriptsSection scripts) {}
