package palomar.sasl;

import java.util.Arrays;
import java.util.Optional;

/// PLAIN: `[authzid] NUL authcid NUL passwd` in one message. RFC 4616 2
final class PlainMechanism implements Mechanism {
    private static final Step SYNTAX = new Step.Failed("PLAIN expects: [authorization id] NUL user NUL password");

    @Override
    public String name() {
        return "PLAIN";
    }

    @Override
    public Step start() {
        return new Step.Challenge(new byte[0]);
    }

    @Override
    public Step answer(byte[] response) {
        int first = indexOfNul(response, 0);
        int second = first < 0 ? -1 : indexOfNul(response, first + 1);
        if (second < 0 || indexOfNul(response, second + 1) >= 0) {
            return SYNTAX;
        }
        if (response.length - second - 1 > ClientText.MAX_PASSWORD) {
            return new Step.Failed("password is too long");
        }
        Optional<String> authcid = ClientText.name(response, first + 1, second);
        if (authcid.isEmpty()) {
            return ClientText.BAD_NAME;
        }
        Optional<String> authzid = first == 0 ? authcid : ClientText.name(response, 0, first);
        if (authzid.isEmpty()) {
            return ClientText.BAD_NAME;
        }
        byte[] password = Arrays.copyOfRange(response, second + 1, response.length);
        return new Step.PasswordGiven(authcid.get(), authzid.get(), password);
    }

    private static int indexOfNul(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }
}
