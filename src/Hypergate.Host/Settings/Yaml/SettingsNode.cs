namespace Hypergate.Host.Settings.Yaml;

/// <summary>A value in the settings file, still as text, with the line (from 1) where it begins.</summary>
internal abstract record SettingsNode(long Line)
{
    /// <param name="Line">Where it begins.</param>
    /// <param name="Text">Without quotes.</param>
    /// <param name="Plain">Written without quotes, so it may be a number, a boolean or nothing.</param>
    public sealed record Scalar(long Line, string Text, bool Plain) : SettingsNode(Line)
    {
        /// <summary>What YAML calls null.</summary>
        public bool IsNothing => Plain && Text is "" or "~" or "null" or "Null" or "NULL";
    }

    public sealed record List(long Line, IReadOnlyList<SettingsNode> Items) : SettingsNode(Line);

    public sealed record Map(long Line, IReadOnlyList<Entry> Entries) : SettingsNode(Line);

    /// <param name="Key">Each is there once.</param>
    /// <param name="Line">Of the key.</param>
    /// <param name="Value">What it stands for.</param>
    public sealed record Entry(string Key, long Line, SettingsNode Value);
}
