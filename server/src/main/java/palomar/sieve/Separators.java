package palomar.sieve;

import java.util.List;
import palomar.message.edit.AddressPart;
import palomar.message.edit.Subaddress;

/// What divides user and detail of an address: the setting `recipient_delimiter`, each character of it. RFC 5233 4
public final class Separators {
    private static final String SETTING = "recipient_delimiter";

    private Separators() {}

    /// @param part that is asked for: for most of them it doesn't matter
    public static Subaddress of(Run run, AddressPart part) {
        if (part != AddressPart.USER && part != AddressPart.DETAIL) {
            return Subaddress.PLUS;
        }
        String characters = run.settings().get(SETTING).orElse("+");
        if (characters.equals("+")) {
            return Subaddress.PLUS;
        }
        List<String> each =
                characters.codePoints().mapToObj(Character::toString).toList();
        return new Subaddress(each);
    }
}
