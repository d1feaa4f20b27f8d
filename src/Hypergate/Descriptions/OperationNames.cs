using System.Globalization;

namespace Hypergate.Descriptions;

/// <summary>
/// Gives every operation of a document a name of its own, of letters, digits, <c>_ - .</c>, at most 64 long. A declared
/// name that several operations carry stays with the one whose resource family it names, else with the first; the
/// others get the family behind an underscore.
/// </summary>
internal static class OperationNames
{
    private const int Longest = 64;

    /// <summary>The names, in the order of the routes.</summary>
    public static string[] Assign(IReadOnlyList<Route> routes)
    {
        var names = new string[routes.Count];
        var free = new FreeNames();
        var groups = routes.Select(static (route, index) => (Name: Clean(route.Name), index))
            .GroupBy(static entry => entry.Name, static entry => entry.index, StringComparer.Ordinal)
            .ToList();
        foreach (var group in groups)
        {
            var holder = Holder(group, routes);
            names[holder] = group.Key;
            free.Take(group.Key);
        }

        foreach (var group in groups)
        {
            foreach (var index in group.Where(index => names[index] is null))
            {
                names[index] = free.Find(group.Key, PathTemplate.DomainOf(routes[index].Path));
            }
        }

        return names;
    }

    /// <summary>A name for an operation that declares none: <c>GET /vms/{id}/alarms</c> is <c>GetVmsIdAlarms</c>.</summary>
    public static string FromPath(string method, string path) => string.Concat(
        Words.Split($"{method.ToLowerInvariant()}/{path}").Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static int Holder(IEnumerable<int> group, IReadOnlyList<Route> routes)
    {
        foreach (var index in group)
        {
            if (Names(routes[index].Name, PathTemplate.DomainOf(routes[index].Path)))
            {
                return index;
            }
        }

        return group.First();
    }

    // GetSrs and GetSr name srs: all words but the verb are the family's.
    private static bool Names(string name, string domain) =>
        Words.Split(name).Skip(1).Select(Words.Singular)
            .SequenceEqual(Words.Split(domain).Select(Words.Singular), StringComparer.Ordinal);

    /// <summary>The name in characters and at a length that every client takes.</summary>
    public static string Clean(string name)
    {
        var cut = name.AsSpan(0, Math.Min(name.Length, Longest));
        return string.Create(cut.Length, cut, static (clean, source) =>
        {
            for (var i = 0; i < clean.Length; i++)
            {
                clean[i] = char.IsAsciiLetterOrDigit(source[i]) || source[i] is '_' or '-' or '.' ? source[i] : '_';
            }
        });
    }

    private sealed class FreeNames
    {
        private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

        public void Take(string name) => _taken.Add(name);

        /// <summary>The name with the family, and with a number where that is not enough.</summary>
        public string Find(string name, string domain)
        {
            var wish = Join(name, "_" + domain);
            var candidate = wish;
            while (!_taken.Add(candidate))
            {
                var number = _numbers[wish] = _numbers.GetValueOrDefault(wish, 1) + 1;
                candidate = Join(name, $"_{domain}_{number.ToString(CultureInfo.InvariantCulture)}");
            }

            return candidate;
        }

        private static string Join(string name, string ending) =>
            name[..Math.Min(name.Length, Longest - ending.Length)] + ending;
    }
}
