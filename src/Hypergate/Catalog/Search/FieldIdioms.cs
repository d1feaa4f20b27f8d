namespace Hypergate.Catalog.Search;

/// <summary>
/// Ways to say things that no single word tells: <c>turn the server back on</c> is to start it. A line for each, what is said and what is
/// meant; <c>_</c> stands for up to four words between, which stay.
/// </summary>
internal sealed class FieldIdioms
{
    private const string Gap = "_";
    private const int LongestGap = 4;

    private const string Lines = """
        turn _ back on = start _
        switch _ back on = start _
        turn _ on = start _
        switch _ on = start _
        power _ on = start _
        power _ up = start _
        bring _ back up = start _
        bring _ up = start _
        fire _ up = start _
        turn _ off = shutdown _
        switch _ off = shutdown _
        power _ off = shutdown _
        power _ down = shutdown _
        bring _ down = shutdown _
        take _ down = shutdown _
        shut _ down = shutdown _
        take _ offline = shutdown _
        put _ to sleep = suspend _
        put _ back to = revert _
        put _ back = revert _
        roll _ back = revert _
        move _ off = evacuate _
        take _ out of = remove _
        kick _ out of = remove _
        put _ into = add _ into
        put _ in = add _ in
        into _ group = join group member
        to _ group = join group member
        from _ group = revoke group member
        out of _ group = revoke group member
        aus _ gruppe = revoke group member
        in _ gruppe aufnehmen = join group member
        du groupe = group member
        get rid of = delete
        back _ up = backup _
        lag = bond
        link aggregate = bond
        open port = create firewall rule port
        open a port = create firewall rule port
        open the port = create firewall rule port
        close port = create firewall rule port
        block port = create firewall rule port
        allow traffic = create firewall rule
        block traffic = create firewall rule
        spin up = create vm
        twice = change
        double = change
        halve = change
        too small = resize
        too little = change
        running out of space = resize
        nearly full = full
        almost full = full
        room left = space
        space left = space
        who has access = permission
        may do = permission
        what happened = task log
        went on = task log
        reset password = change password
        reset _ password = change password _
        forgot _ password = change password _
        forgot password = change password
        how healthy = health
        fahre _ herunter = shutdown _
        fahr _ herunter = shutdown _
        schalte _ aus = shutdown _
        schalte _ ein = start _
        schalte _ an = start _
        hange _ an = plug _
        lege _ an = create _
        fuge _ hinzu = create _
        mets _ en pause = pause _
        mettre _ en pause = pause _
        mettre _ en veille = suspend _
        remettre _ en marche = start _
        mettre a jour = update patch
        """;

    private readonly Dictionary<string, List<Idiom>> _byFirst = new(StringComparer.Ordinal);

    public FieldIdioms()
    {
        foreach (var line in Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (said, meant) = (line.Split(" = ")[0].Split(' '), line.Split(" = ")[1].Split(' '));
            var idiom = new Idiom([.. said.Select(static word => word == Gap ? Gap : WordStem.Of(word))], meant);
            if (!_byFirst.TryGetValue(idiom.Said[0], out var list))
            {
                _byFirst[idiom.Said[0]] = list = [];
            }

            list.Add(idiom);
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
