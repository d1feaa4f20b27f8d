namespace Hypergate.Host.Settings;

/// <summary>The settings cannot be used. The message is one line for the person who wrote them and holds no secret.</summary>
internal sealed class SettingsException(string message) : Exception(message);
