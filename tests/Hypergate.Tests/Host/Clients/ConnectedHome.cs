using Hypergate.Host.Cli;
using Hypergate.Host.Clients;
using Hypergate.Host.Settings;

namespace Hypergate.Tests.Host.Clients;

/// <summary>A home folder in which assistants keep their settings, and <c>hypergate connect</c> beside it.</summary>
public abstract class ConnectedHome : IDisposable
{
    private protected const string Url = "https://gateway.example.com/mcp";
    private protected const string Key = "hg_a-secret-that-nobody-may-see";

    private protected static readonly string Fingerprint = string.Join(':', Enumerable.Repeat("AB", 32));

    private protected string Home { get; } = Directory.CreateTempSubdirectory("hypergate-clients-").FullName;

    private protected SettingsSources Sources => new() { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["HYPERGATE_API_KEY"] = Key }, WorkingFolder = Home, Home = Home };

    public void Dispose()
    {
        Directory.Delete(Home, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected void Write(string client, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(client))!);
        File.WriteAllText(FileOf(client), text);
    }

    private protected string FileOf(string client) => ClientKinds.Find(client)!.File(ClientPlaces.Of(ClientSystem.Linux, Sources));

    private protected async Task<string> RunAsync(string client, string system, bool dryRun = false, bool undo = false, string name = "hypergate", string? fingerprint = null, string url = Url)
    {
        await using var output = new StringWriter();
        var exit = await ConnectCommand.RunAsync(
            new ConnectWish(client, name, url, dryRun, undo, "/opt/hypergate", Fingerprint: fingerprint), Sources, Enum.Parse<ClientSystem>(system), new Terminal(() => output, () => output, null));
        Assert.Equal(0, exit);
        return output.ToString();
    }
}
