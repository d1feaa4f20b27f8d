using System.CommandLine;

namespace Hypergate.Host.Cli.Setup;

/// <summary>What <c>hypergate setup</c> understands.</summary>
/// <param name="run">Runs it at the boundary of commands.</param>
internal sealed class SetupArguments(Func<ParseResult, SetupWish, CancellationToken, Task<int>> run)
{
    private readonly Argument<string?> _kind = new("kind") { Description = $"{string.Join(", ", SetupCommand.Kinds)}.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _url = new("--url") { Description = "The address of the platform." };
    private readonly Option<string?> _name = new("--name") { Description = "What it shall be called. Default: its kind." };
    private readonly Option<string?> _user = new("--user") { Description = "The user, for a password; without it a token is asked for." };
    private readonly Option<string?> _tokenId = new("--token-id") { Description = "For Proxmox VE: the id of the API token, user@realm!name." };
    private readonly Option<string?> _document = new("--document") { Description = "For rest: the file or address of the OpenAPI document." };
    private readonly Option<string?> _fingerprint = new("--fingerprint") { Description = "The SHA-256 fingerprint of its certificate, where nobody known has signed it." };
    private readonly Option<string?> _ca = new("--ca") { Description = "A PEM file of the authorities that are trusted instead." };
    private readonly Option<string?> _profile = new("--profile") { Description = "read_only offers nothing that changes anything; operator does; admin offers all there is. Default read_only." };
    private readonly Option<string[]> _tags = new("--tags") { Description = "For pxcloud and rest: only operations with these tags.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Tests the connection and shows what would be written." };

    public Command Build()
    {
        _kind.AcceptOnlyFromAmong([.. SetupCommand.Kinds]);
        _profile.AcceptOnlyFromAmong([.. SetupProfiles.All]);
        var command = new Command(
            "setup",
            $"Adds a platform: tests the connection, shows the fingerprint of its certificate, stores the secret encrypted in the data folder, and writes the settings file. The password or token is read from standard input, or without echo from the keyboard.")
        {
            _kind, _url, _name, _user, _tokenId, _document, _fingerprint, _ca, _profile, _tags, _dryRun,
        };
        command.SetAction((result, token) => run(result, WishOf(result), token));
        return command;
    }

    private SetupWish WishOf(ParseResult result) => new()
    {
        Kind = result.GetValue(_kind),
        Url = result.GetValue(_url),
        Name = result.GetValue(_name),
        User = result.GetValue(_user),
        TokenId = result.GetValue(_tokenId),
        Document = result.GetValue(_document),
        Fingerprint = result.GetValue(_fingerprint),
        Ca = result.GetValue(_ca),
        Profile = result.GetValue(_profile),
        Tags = [.. (result.GetValue(_tags) ?? []).SelectMany(static text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
        DryRun = result.GetValue(_dryRun),
    };
}
