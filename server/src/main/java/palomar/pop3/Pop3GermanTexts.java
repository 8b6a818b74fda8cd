package palomar.pop3;

/// What the server says, in German: a line a text, English before ` = `. `{}` is what differs from time to time.
final class Pop3GermanTexts {
    static final String TABLE = """
            Palomar ready = Palomar ist bereit
            goodbye = auf Wiedersehen
            begin TLS = TLS beginnt
            TLS is active already = TLS ist schon aktiv
            TLS is not available = TLS steht nicht zur Verfügung
            STLS comes before login = STLS kommt vor der Anmeldung
            passwords are taken under TLS only: use STLS = Passwörter werden nur unter TLS angenommen: STLS
            there is no such mechanism = ein solches Verfahren gibt es nicht
            authentication was cancelled = die Anmeldung wurde abgebrochen
            authentication failed = die Anmeldung ist gescheitert
            wrong user name or password = Benutzername oder Passwort ist falsch
            logging in is not possible just now = die Anmeldung ist im Augenblick nicht möglich
            the maildrop is in use by another session = das Postfach wird von einer anderen Sitzung benutzt
            the maildrop is not available just now = das Postfach steht im Augenblick nicht zur Verfügung
            too soon after the last login, try again later = zu bald nach der letzten Anmeldung, versuchen Sie es später wieder
            log in first = melden Sie sich zuerst an
            you are logged in already = Sie sind schon angemeldet
            USER comes before PASS = USER kommt vor PASS
            USER needs a name = USER braucht einen Namen
            UTF8 comes before login = UTF8 kommt vor der Anmeldung
            UTF-8 from here on = von hier an UTF-8
            the server is stopping = der Server wird angehalten
            the session was ended by the operator = die Sitzung wurde vom Betreiber beendet
            nothing was said for too long = zu lange wurde nichts gesagt
            the line is too long = die Zeile ist zu lang
            unknown command = unbekannter Befehl
            control character in a command = Steuerzeichen in einem Befehl
            this command takes no argument = dieser Befehl hat kein Argument
            this command takes the number of a message = dieser Befehl braucht die Nummer einer Nachricht
            TOP takes the number of a message and a number of lines = TOP braucht die Nummer einer Nachricht und eine Zahl von Zeilen
            LANG takes one language = LANG braucht eine Sprache
            XCLIENT takes NAME=value, each name once = XCLIENT braucht NAME=Wert, jeden Namen einmal
            XCLIENT is not for you = XCLIENT ist nicht für Sie
            XCLIENT comes before login = XCLIENT kommt vor der Anmeldung
            no such address = eine solche Adresse gibt es nicht
            the initial response is no base64 = die erste Antwort ist kein Base64
            there is no such message = eine solche Nachricht gibt es nicht
            there is no such language = diese Sprache gibt es hier nicht
            the language is English = die Sprache ist jetzt Englisch
            the language is German = die Sprache ist jetzt Deutsch
            languages follow = Sprachen folgen
            capabilities follow = Fähigkeiten folgen
            mechanisms follow = Verfahren folgen
            unique ids follow = eindeutige Kennungen folgen
            updated = übernommen
            the top follows = der Anfang folgt
            marked to be deleted = zum Löschen vorgemerkt
            the message is gone = die Nachricht ist fort
            so long a header needs UTF8 before login = ein so langer Kopf braucht UTF8 vor der Anmeldung
            the store has failed = der Speicher hat versagt
            some messages were not deleted: {} = einige Nachrichten wurden nicht gelöscht: {}
            {} messages deleted, goodbye = {} Nachrichten gelöscht, auf Wiedersehen
            {} messages ({} octets) = {} Nachrichten ({} Oktette)
            {} messages = {} Nachrichten
            {} octets = {} Oktette
            """;

    private Pop3GermanTexts() {}
}
