namespace Hypergate.Catalog.Search;

/// <summary>
/// Ways to say things that no single word tells: <c>turn the server back on</c> is to start it. A line for each, what is said and what is
/// meant; <c>_</c> stands for up to six words between, which stay, and <c>a|b</c> for one word or the other.
/// </summary>
internal sealed class FieldIdioms
{
    private const string Gap = "_";
    private const int LongestGap = 6;

    private const string Lines = """
        turn|switch|power|bring _ back on|up = start _
        turn|switch|power _ on = start _
        bring _ back = start _
        bring|power|fire _ up = start _
        bring back up = start
        get _ running = start _
        turn|switch|power _ off = shutdown _
        power|bring|take|shut _ down = shutdown _
        take _ offline = shutdown _
        put _ to sleep = suspend _
        put|go _ back to = revert _
        put|roll _ back = revert _
        move _ off = evacuate _
        take _ out of = remove _
        take|kick _ away|out = remove _
        put _ into|in = add _ into
        plug _ in|into = plug _
        pull _ out = unplug _
        into|to _ group = join group member
        from|out of _ group = revoke group member
        aus|du _ gruppe|groupe = revoke group member
        in _ gruppe aufnehmen = join group member
        du groupe = group member
        get rid of = delete
        back _ up = backup _
        lag = bond
        link aggregate = bond
        open|close port = create firewall rule port
        open a|the port = create firewall rule port
        block port|traffic = create firewall rule
        allow port|traffic = create firewall rule
        spin|stand up = create vm
        twice|double|halve = change
        too small = resize
        too little = change
        running|run out of space = full
        running|run out of disk space = full
        running|run low on space = full
        nearly|almost full = full
        room|space left = space
        who has access = permission
        may do = permission
        allowed to = permission
        droit|droits de = permission
        what happened = task log
        went on = task log
        went|going|gone|goes wrong = failed
        schief gelaufen|gegangen = failed
        mal passe = failed
        log|logs|logged in|into = login
        sign|signs|signed in|into = login
        left the company = delete user
        reset|forgot|forgotten|lost password = change password
        reset|forgot|forgotten|lost _ password = change password _
        how healthy = health
        read only = readonly
        base de donnees = database
        is it possible to = can
        is there a|any way to = can
        kick off = run
        carry on with = resume
        for good = forever
        right now|away = now
        from scratch = new
        group|team is|are _ in = user group member
        remettre|remets|ramener|ramene _ etat = revert _
        back to how _ was|were = revert _
        auf _ stand = revert _
        push|roll|send _ out = apply _
        have a look at = show
        fahre|fahr _ herunter = shutdown _
        schalte|schalt _ aus|ab = shutdown _
        schalte|schalt _ ein|an = start _
        starte|start _ neu = reboot _
        hange|hang _ an = plug _
        lege|leg _ an = create _
        fuge|fug _ hinzu = create _
        nimm _ weg = revoke _
        neu hinzufugen = create
        mets|mettre _ en pause = pause _
        mets|mettre _ en veille = suspend _
        remets|remettre _ en marche = start _
        mets|mettre a jour = update patch
        """;

    private readonly Dictionary<string, List<Idiom>> _byFirst = new(StringComparer.Ordinal);

    public FieldIdioms()
    {
        foreach (var line in Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (said, meant) = (line.Split(" = ")[0].Split(' '), line.Split(" = ")[1].Split(' '));
            foreach (var way in Ways(said, 0))
            {
                Learn(new Idiom(way, meant));
            }
        }
    }

    /// <summary>The words with what is meant in place of what is said.</summary>
    public List<string> Apply(List<string> words)
    {
        var meant = new List<string>(words.Count);
        for (var place = 0; place < words.Count;)
        {
            place += Take(words, place, meant);
        }

        return meant;
    }

    // Each word or the other, one after the other.
    private static IEnumerable<List<string>> Ways(string[] said, int place) => place == said.Length
        ? [[]]
        : said[place].Split('|').SelectMany(word => Ways(said, place + 1).Select(rest => (List<string>)[word == Gap ? Gap : WordStem.Of(word), .. rest]));

    private void Learn(Idiom idiom)
    {
        if (!_byFirst.TryGetValue(idiom.Said[0], out var list))
        {
            _byFirst[idiom.Said[0]] = list = [];
        }

        list.Add(idiom);
    }

    private int Take(List<string> words, int place, List<string> meant)
    {
        foreach (var idiom in _byFirst.TryGetValue(WordStem.Of(words[place]), out var known) ? known : [])
        {
            if (Fit(idiom, words, place) is { } fit)
            {
                foreach (var word in idiom.Meant)
                {
                    meant.AddRange(word == Gap ? words.GetRange(fit.GapAt, fit.GapLength) : [word]);
                }

                return fit.Length;
            }
        }

        meant.Add(words[place]);
        return 1;
    }

    private static (int Length, int GapAt, int GapLength)? Fit(Idiom idiom, List<string> words, int place)
    {
        var gap = idiom.Said.IndexOf(Gap);
        if (gap < 0)
        {
            return Stands(idiom.Said, words, place) ? (idiom.Said.Count, 0, 0) : null;
        }

        var (before, after) = (idiom.Said.GetRange(0, gap), idiom.Said.GetRange(gap + 1, idiom.Said.Count - gap - 1));
        for (var length = 1; length <= LongestGap && Stands(before, words, place); length++)
        {
            if (Stands(after, words, place + gap + length))
            {
                return (idiom.Said.Count - 1 + length, place + gap, length);
            }
        }

        return null;
    }

    private static bool Stands(List<string> stems, List<string> words, int place)
    {
        for (var i = 0; i < stems.Count; i++)
        {
            if (place + i >= words.Count || WordStem.Of(words[place + i]) != stems[i])
            {
                return false;
            }
        }

        return true;
    }

    private sealed record Idiom(List<string> Said, string[] Meant);
}
