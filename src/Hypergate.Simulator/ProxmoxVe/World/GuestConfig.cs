using System.Text;

namespace Hypergate.Simulator.ProxmoxVe.World;

/// <summary>The configuration of a guest: texts by option, what waits for a restart, and the snapshots.</summary>
internal sealed class GuestConfig
{
    public SortedDictionary<string, string> Values { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>Changes that wait for a restart.</summary>
    public SortedDictionary<string, string> Pending { get; } = new(StringComparer.Ordinal);

    /// <summary>Deletions that wait for a restart, with whether they are forced.</summary>
    public SortedDictionary<string, bool> PendingDeletes { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, GuestSnapshot> Snapshots { get; } = new(StringComparer.Ordinal);

    /// <summary>The snapshot that the current state descends from.</summary>
    public string? Parent { get; set; }

    public string? this[string option]
    {
        get => Values.GetValueOrDefault(option);
        set
        {
            if (string.IsNullOrEmpty(value))
            {
                Values.Remove(option);
            }
            else
            {
                Values[option] = value;
            }
        }
    }

    /// <summary>What holds once everything pending is applied.</summary>
    public SortedDictionary<string, string> Effective()
    {
        var effective = new SortedDictionary<string, string>(Values, StringComparer.Ordinal);
        foreach (var (option, value) in Pending)
        {
            effective[option] = value;
        }

        foreach (var option in PendingDeletes.Keys)
        {
            effective.Remove(option);
        }

        return effective;
    }

    /// <summary>Applies what is pending.</summary>
    public void Apply()
    {
        Values = Effective();
        Pending.Clear();
        PendingDeletes.Clear();
    }

    public void Replace(IEnumerable<KeyValuePair<string, string>> values) =>
        Values = new SortedDictionary<string, string>(values.ToDictionary(), StringComparer.Ordinal);

    /// <summary>The text as it lies in the cluster's file system.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        Section(text, Values, Parent);
        if (Pending.Count + PendingDeletes.Count > 0)
        {
            text.Append("\n[PENDING]\n");
            Section(text, Pending, null);
            foreach (var (option, force) in PendingDeletes)
            {
                text.Append("delete: ").Append(force ? "!" : "").Append(option).Append('\n');
            }
        }

        foreach (var (name, snapshot) in Snapshots)
        {
            text.Append("\n[").Append(name).Append("]\n");
            Section(text, snapshot.Values, snapshot.Parent);
            text.Append("snaptime: ").Append(snapshot.Time).Append('\n');
        }

        return text.ToString();
    }

    public string Digest() => ConfigDigest.Of(Text());

    private static void Section(StringBuilder text, SortedDictionary<string, string> values, string? parent)
    {
        foreach (var line in values.GetValueOrDefault("description")?.Split('\n') ?? [])
        {
            text.Append('#').Append(Uri.EscapeDataString(line)).Append('\n');
        }

        foreach (var (option, value) in values.Where(static entry => entry.Key != "description"))
        {
            text.Append(option).Append(": ").Append(value).Append('\n');
        }

        if (parent is not null)
        {
            text.Append("parent: ").Append(parent).Append('\n');
        }
    }
}

/// <summary>A saved state of a guest.</summary>
internal sealed class GuestSnapshot
{
    public required string Name { get; init; }

    public required SortedDictionary<string, string> Values { get; init; }

    public string? Parent { get; set; }

    /// <summary>Unix seconds.</summary>
    public long Time { get; init; }

    public string Description { get; set; } = "";

    /// <summary>The volume that holds the memory; null without.</summary>
    public string? StateVolume { get; init; }
}
