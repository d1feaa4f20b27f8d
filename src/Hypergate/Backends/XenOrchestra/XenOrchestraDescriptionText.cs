using Hypergate.Descriptions;
using Hypergate.Model;

namespace Hypergate.Backends.XenOrchestra;

/// <summary>
/// Takes the required privileges out of Xen Orchestra's texts. They stand below a line that speaks of a privilege and
/// ends in a colon, one to a line: <c>- resource: vm, action: start (if …)</c>.
/// </summary>
internal static class XenOrchestraDescriptionText
{
    private const string Resource = "- resource:";
    private const string Action = ", action:";

    // What a heading becomes that says more than that privileges follow; the rest vanishes.
    private static readonly (string Tail, string Instead)[] Tails =
    [
        (" that match the following privilege", ""),
        (" the current user has the following privilege", " the current user has the privilege for"),
    ];

    public static DescribedText Split(string text)
    {
        if (!text.Contains(Resource, StringComparison.Ordinal))
        {
            return new DescribedText(text, []);
        }

        var kept = new List<string>();
        var requires = new List<Privilege>();
        foreach (var line in text.Split('\n'))
        {
            if (PrivilegeIn(line.Trim()) is { } privilege)
            {
                requires.Add(privilege);
            }
            else if (!line.Contains("ndjson", StringComparison.Ordinal))
            {
                // A line about ndjson speaks of parameters that are the gateway's own.
                kept.Add(WithoutHeading(line));
            }
        }

        return new DescribedText(string.Join('\n', kept), requires);
    }

    private static Privilege? PrivilegeIn(string line)
    {
        if (!line.StartsWith(Resource, StringComparison.Ordinal)
            || line.IndexOf(Action, StringComparison.Ordinal) is not (> 0 and var middle))
        {
            return null;
        }

        var resource = line[Resource.Length..middle].Trim();
        var action = line[(middle + Action.Length)..].Trim().Split(' ', 2)[0];
        return resource.Length > 0 && action.Length > 0 ? new Privilege(Clean(resource), Clean(action)) : null;
    }

    private static string WithoutHeading(string line)
    {
        if (!line.TrimEnd().EndsWith(':') || !line.Contains("privilege", StringComparison.OrdinalIgnoreCase))
        {
            return line;
        }

        foreach (var (tail, instead) in Tails)
        {
            if (line.IndexOf(tail, StringComparison.Ordinal) is > 0 and var end)
            {
                return line[..end] + instead;
            }
        }

        return "";
    }

    private static string Clean(string word) => DescriptionText.OneLine(word, DescriptionText.LongestTitle);
}
