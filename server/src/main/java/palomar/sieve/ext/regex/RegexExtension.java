package palomar.sieve.ext.regex;

import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Modifier;

/// draft-murchison-sieve-regex-07
public final class RegexExtension implements Extension {
    private static final String SPECIAL = "\\.^$*+?()[{|";

    @Override
    public String name() {
        return "regex";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.matchType(new RegexMatch());
        Modifier.declare(declarations, "quoteregex", Modifier.of(20, RegexExtension::quoted));
    }

    /// The text as an expression that matches nothing else.
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (SPECIAL.indexOf(c) >= 0) {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.toString();
    }
}
