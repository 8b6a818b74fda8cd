package palomar.server.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import palomar.auth.StoredSecrets;
import palomar.auth.passwdfile.PasswdEditor;
import palomar.config.PalomarSettings;
import palomar.password.Passwords;
import palomar.password.ScramHash;
import palomar.server.DataFolder;
import palomar.server.ExitCode;
import palomar.server.Refused;
import palomar.server.Terminal;
import palomar.server.UsersFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "user",
        header = "Adds, lists and removes users, changes passwords.",
        description = "Edits the passwd-file of the configuration (by default \"users\" in the data directory). A"
                + " running server sees the change at once.")
final class UserCommand extends Helped implements Callable<Integer> {
    private final Terminal terminal;

    UserCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        spec().commandLine().usage(terminal.err());
        return ExitCode.USAGE.number();
    }

    @Command(
            name = "add",
            header = "Adds a user.",
            description = "Asks for the password twice without showing it, or reads a line with --stdin.")
    int add(
            @Parameters(paramLabel = "NAME", description = "As it will be used at login.") String name,
            @Option(names = "--stdin", description = "Reads the password from a line of standard input.") boolean stdin,
            @Option(
                            names = "--scheme",
                            paramLabel = "SCHEME",
                            defaultValue = "ARGON2ID",
                            description = "How the password is stored. Default: ARGON2ID.")
                    String scheme,
            @Option(
                            names = "--no-scram",
                            description = "Stores no SCRAM keys beside the hash: then this user can only log in by"
                                    + " sending the password itself, and nobody is offered SCRAM.")
                    boolean noScram,
            @Option(
                            names = "--field",
                            paramLabel = "NAME=VALUE",
                            description = "An extra field, as userdb_quota_rule=*:storage=1G; may be repeated.")
                    Map<String, String> fields,
            @Mixin ConfigOption config,
            @Mixin HelpOption help)
            throws IOException {
        PasswdEditor editor = editor(config);
        if (editor.users().contains(name)) {
            throw new Refused(
                    ExitCode.DATA, name + " exists already; to change the password: palomar user password " + name);
        }
        NewPassword made = made(stdin, scheme, !noScram);
        Map<String, String> all = new LinkedHashMap<>(fields == null ? Map.of() : fields);
        made.keys.forEach((field, value) -> {
            if (!value.isEmpty()) {
                all.put(field, value);
            }
        });
        try {
            return ended(editor.add(name, made.stored, all), name, "added");
        } catch (IllegalArgumentException unfit) {
            throw new Refused(ExitCode.DATA, String.valueOf(unfit.getMessage()), unfit);
        }
    }

    @Command(name = "password", header = "Changes a user's password.")
    int password(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--stdin", description = "Reads the password from a line of standard input.") boolean stdin,
            @Option(
                            names = "--scheme",
                            paramLabel = "SCHEME",
                            defaultValue = "ARGON2ID",
                            description = "How the password is stored. Default: ARGON2ID.")
                    String scheme,
            @Option(
                            names = "--no-scram",
                            description = "Stores no SCRAM keys beside the hash: then this user can only log in by"
                                    + " sending the password itself, and nobody is offered SCRAM.")
                    boolean noScram,
            @Mixin ConfigOption config,
            @Mixin HelpOption help)
            throws IOException {
        PasswdEditor editor = editor(config);
        if (!editor.users().contains(name)) {
            throw new Refused(ExitCode.NO_USER, "there is no user " + name);
        }
        NewPassword made = made(stdin, scheme, !noScram);
        return ended(editor.password(name, made.stored, made.keys), name, "has a new password");
    }

    @Command(
            name = "remove",
            header = "Removes a user.",
            description = "He can't enter or get mail any more. His mail stays in the store.")
    int remove(@Parameters(paramLabel = "NAME") String name, @Mixin ConfigOption config, @Mixin HelpOption help)
            throws IOException {
        return ended(editor(config).remove(name), name, "removed");
    }

    @Command(name = "list", header = "Lists the users, a name a line.")
    int list(@Mixin ConfigOption config, @Mixin HelpOption help) throws IOException {
        editor(config).users().forEach(terminal.out()::println);
        return ExitCode.OK.number();
    }

    private static PasswdEditor editor(ConfigOption config) throws IOException {
        PalomarSettings settings = config.load();
        Path file = UsersFile.of(settings);
        Path data = settings.server().data();
        if (file.startsWith(data)) {
            // Users may be added before the server's first start.
            DataFolder.make(data);
        }
        return new PasswdEditor(file);
    }

    private int ended(PasswdEditor.Outcome outcome, String name, String done) {
        return switch (outcome) {
            case DONE -> {
                terminal.out().println(name + " " + done);
                yield ExitCode.OK.number();
            }
            case EXISTS_ALREADY -> throw new Refused(ExitCode.DATA, name + " exists already");
            case NO_SUCH_USER -> throw new Refused(ExitCode.NO_USER, "there is no user " + name);
        };
    }

    /// @param keys fields of SCRAM keys; empty values take old ones away
    private record NewPassword(String stored, Map<String, String> keys) {}

    private NewPassword made(boolean stdin, String scheme, boolean scram) throws IOException {
        try (Passwords passwords = NewPasswords.hasher(scheme)) {
            byte[] password = NewPasswords.ask(terminal, stdin, true);
            try {
                String stored = passwords.hash(password);
                return new NewPassword(stored, keys(passwords, password, stored, scram));
            } finally {
                Arrays.fill(password, (byte) 0);
            }
        }
    }

    private static Map<String, String> keys(Passwords passwords, byte[] password, String stored, boolean scram) {
        byte[] hash = stored.getBytes(StandardCharsets.UTF_8);
        Set<ScramHash> there = StoredSecrets.hashes(hash, "PLAIN", Map.of());
        Map<String, String> keys = new LinkedHashMap<>();
        for (ScramHash one : ScramHash.values()) {
            boolean make = scram && !there.contains(one);
            String value = make ? StoredSecrets.value(passwords.newKeys(one, password), hash) : "";
            keys.put(StoredSecrets.field(one), value);
        }
        return keys;
    }
}
