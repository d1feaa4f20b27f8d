namespace Hypergate.Host.Settings;

/// <summary>A variable of the environment that means something to the gateway.</summary>
/// <param name="Name">Capitals; proxies are read in lower case, too.</param>
/// <param name="Meaning">For the documentation.</param>
/// <param name="InFile">What to write in a settings file instead; null where the variable holds beside a file.</param>
internal sealed record EnvironmentVariable(string Name, string Meaning, string? InFile);
