namespace Hypergate.Host.Settings;

/// <summary>Settings that cannot be used. The message is one line for the person who wrote them.</summary>
internal sealed class SettingsException(string message) : Exception(message);
