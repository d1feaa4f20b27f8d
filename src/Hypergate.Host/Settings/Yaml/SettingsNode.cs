namespace Hypergate.Host.Settings.Yaml;

/// <summary>A value in the settings, still as text, with the place where it begins.</summary>
internal abstract record SettingsNode(SettingsPlace Place)
{
    /// <param name="Place">Where it begins.</param>
    /// <param name="Text">Without quotes.</param>
    /// <param name="Plain">Written without quotes, so it may be a number, a boolean or nothing.</param>
    public sealed record Scalar(SettingsPlace Place, string Text, bool Plain) : SettingsNode(Place)
    {
        /// <summary>What YAML calls null.</summary>
        public bool IsNothing => Plain && Text is "" or "~" or "null" or "Null" or "NULL";
    }

    public sealed record List(SettingsPlace Place, IReadOnlyList<SettingsNode> Items) : SettingsNode(Place);

    public sealed record Map(SettingsPlace Place, IReadOnlyList<Entry> Entries) : SettingsNode(Place)
    {
        /// <summary>What stands under a key; null where it is not there.</summary>
        public SettingsNode? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key)?.Value;

        /// <summary>The same with a key set, in the place where it stands or at the end.</summary>
        public Map With(Entry entry) => this with
        {
            Entries = Find(entry.Key) is null ? [.. Entries, entry] : [.. Entries.Select(known => known.Key == entry.Key ? entry : known)],
        };
    }

    /// <param name="Key">Each is there once.</param>
    /// <param name="Place">Of the key.</param>
    /// <param name="Value">What it stands for.</param>
    public sealed record Entry(string Key, SettingsPlace Place, SettingsNode Value);
}
