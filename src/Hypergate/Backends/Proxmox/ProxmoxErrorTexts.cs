using System.Text.RegularExpressions;

namespace Hypergate.Backends.Proxmox;

/// <summary>What the texts of status 500 mean, which Proxmox VE uses for nearly every failure.</summary>
internal static partial class ProxmoxErrorTexts
{
    /// <summary>The text with what to do next.</summary>
    public static string Explain(string message)
    {
        var clean = message.TrimEnd('.');
        return clean switch
        {
            "" => "Proxmox VE does not say why; its task list and the node's log may.",
            _ when NotFound().IsMatch(clean) => $"{clean}. Check the id and the node: a guest may have moved to another (cluster_query list_cluster_resources shows where it is).",
            _ when clean.Contains("hostname lookup", StringComparison.Ordinal) => $"{clean}. There is no node of this name; nodes_query list_nodes shows them.",
            _ when Locked().Match(clean) is { Success: true } locked =>
                $"{clean}. Something else works on the guest ({locked.Groups["lock"].Value}); look at its tasks and try again when it has ended.",
            _ when clean.Contains("protect", StringComparison.OrdinalIgnoreCase) => $"{clean}. Somebody protected it on purpose; that has to be lifted first.",
            _ when Conflict().IsMatch(clean) => $"{clean}. It was changed in the meantime: read it again, and send the digest that comes with it.",
            _ when clean.Contains("no quorum", StringComparison.Ordinal) => $"{clean} The cluster has lost its quorum and can only be read until enough nodes are back.",
            _ when Agent().IsMatch(clean) => $"{clean}. The guest agent must be installed in the guest, switched on in its options (agent: 1), and the guest running.",
            _ when clean.Contains("got timeout", StringComparison.Ordinal) => $"{clean}. The platform is busy; try again later.",
            _ when Exists().IsMatch(clean) => $"{clean}. Choose another name or id (cluster_query get_cluster_nextid gives a free VMID).",
            _ when State().IsMatch(clean) => $"{clean}. Look at the guest's status first, and bring it into the state that this needs.",
            _ => clean,
        };
    }

    /// <summary>The status that fits a text of status 500.</summary>
    public static int StatusOf(string message) => message switch
    {
        _ when NotFound().IsMatch(message) || message.Contains("hostname lookup", StringComparison.Ordinal) => 404,
        _ when Locked().IsMatch(message) => 423,
        _ when Conflict().IsMatch(message) || Exists().IsMatch(message) || State().IsMatch(message)
            || message.Contains("protection mode enabled", StringComparison.Ordinal) || message.Contains("protected volume", StringComparison.Ordinal) => 409,
        _ when message.Contains("no quorum", StringComparison.Ordinal) || message.Contains("got timeout", StringComparison.Ordinal) => 503,
        _ => 500,
    };

    [GeneratedRegex("does not exist|unable to find configuration file|no such (user|group|role|task|storage|pool|volume)|no such file or directory", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex NotFound();

    [GeneratedRegex(@"\b(VM|CT) is locked(?: \((?<lock>[^)]*)\))?", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Locked();

    [GeneratedRegex("checksum mismatch|detected modified configuration", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Conflict();

    [GeneratedRegex("guest agent|^Agent error", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Agent();

    [GeneratedRegex("already (exists|used|defined)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Exists();

    [GeneratedRegex(@"is running|not running|already running|is paused|without --online|if it's a template", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex State();
}
