using System.Net;
using System.Text.Json;
using Hypergate.Backends.Files;
using Hypergate.Backends.Http;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>
/// Fetches the files that arguments name by address (rule R-DEST): over https, from hosts that the operator named and that lie on the open
/// internet, without anything of the backend. A file that came is the caller's, as those of answers are.
/// </summary>
internal sealed class FileFetch(PlatformClient client, RestCallSettings settings, TimeProvider time)
{
    private const int MostRedirects = 3;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private FileShelf? Files => client.Options.Services.Files;

    /// <summary>The call with handles in place of addresses; or why a file cannot be had.</summary>
    public async Task<(Call Call, string? Problem)> ResolveAsync(Call call, CancellationToken cancellationToken)
    {
        var rules = call.Operation.Rules!;
        if (await BringAsync(call, rules, cancellationToken) is { } elsewhere)
        {
            return (call, elsewhere);
        }

        var handles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (argument, address) in AddressesOf(call, rules))
        {
            var (handle, problem) = handles.ContainsKey(address) ? ("", null) : await FetchAsync(address, call, argument == rules.UploadArgument ? settings.LargestUpload : rules.LargestBody, cancellationToken);
            if (problem is not null)
            {
                return (call, $"'{argument}': {problem}");
            }

            handles.TryAdd(address, handle!);
        }

        return (handles.Count == 0 ? call : call with { Arguments = With(call, rules, handles) }, null);
    }

    // Files that another replica has taken are brought here; of those that are nowhere, whoever uses them says so.
    private async Task<string?> BringAsync(Call call, CallRules rules, CancellationToken cancellationToken)
    {
        foreach (var (argument, handle) in TextsOf(call, rules).Where(static text => text.Text.StartsWith(FileShelf.Prefix, StringComparison.Ordinal)))
        {
            try
            {
                if (Files is { } files && (await files.FindAsync(handle, call.Caller.Name, cancellationToken)).IsElsewhere)
                {
                    return $"'{argument}': the file lies on another replica of the gateway and is too large to be shared (postgres.sharedFileMegabytes in the settings). Try again: the call may come to that one.";
                }
            }
            catch (IOException exception)
            {
                return $"'{argument}': {exception.Message}";
            }
        }

        return null;
    }

    private static IEnumerable<(string Argument, string Address)> AddressesOf(Call call, CallRules rules) => TextsOf(call, rules).Where(static text => IsAddress(text.Text));

    private static IEnumerable<(string Argument, string Text)> TextsOf(Call call, CallRules rules) =>
        from argument in NamesOf(rules)
        where call.Arguments.TryGetProperty(argument, out _)
        from value in Items(call.Arguments.GetProperty(argument))
        where value.ValueKind == JsonValueKind.String
        select (argument, value.GetString()!);

    private static IEnumerable<string> NamesOf(CallRules rules) => rules.UploadArgument is { } upload ? rules.Files.Append(upload) : rules.Files;

    private static List<JsonElement> Items(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];

    private static bool IsAddress(string value) => value.Contains("://", StringComparison.Ordinal);

    private static JsonElement With(Call call, CallRules rules, Dictionary<string, string> handles)
    {
        var names = NamesOf(rules).ToHashSet(StringComparer.Ordinal);
        return JsonLists.Write(writer =>
        {
            writer.WriteStartObject();
            foreach (var argument in call.Arguments.EnumerateObject())
            {
                writer.WritePropertyName(argument.Name);
                (names.Contains(argument.Name) ? WithHandles(argument.Value, handles) : argument.Value).WriteTo(writer);
            }

            writer.WriteEndObject();
        });
    }

    private static JsonElement WithHandles(JsonElement value, Dictionary<string, string> handles) => value.ValueKind switch
    {
        JsonValueKind.Array => JsonLists.Of(value.EnumerateArray().Select(item => WithHandles(item, handles))),
        JsonValueKind.String when handles.TryGetValue(value.GetString()!, out var handle) => JsonLists.Text(handle),
        _ => value,
    };

    private async Task<(string? Handle, string? Problem)> FetchAsync(string text, Call call, long? largest, CancellationToken cancellationToken)
    {
        if (Files is not { } files || !Uri.TryCreate(text, UriKind.Absolute, out var address))
        {
            return (null, "is no address that can be fetched.");
        }

        using var limit = new CancellationTokenSource(TimeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            for (var redirects = 0; ; redirects++)
            {
                var (file, next, problem) = await TryAsync(address, files, new FileLabel("", "", call.Caller.Name, Lifetime) { Largest = largest }, either.Token);
                if (next is null || redirects == MostRedirects)
                {
                    return (file?.Handle, file is null ? problem ?? $"{address.Host} redirects more than {MostRedirects} times." : null);
                }

                address = next;
            }
        }
        catch (IOException exception)
        {
            return (null, exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"{address.Host} did not send the file within {TimeLimit.TotalMinutes:0} minutes.");
        }
    }

    private async Task<(StoredFile? File, Uri? Next, string? Problem)> TryAsync(Uri address, FileShelf files, FileLabel label, CancellationToken cancellationToken)
    {
        if (Problem(address) is { } problem)
        {
            return (null, null, problem);
        }

        var isClosed = false;
        using var http = new StreamedHttp(OptionsFor(address, to => MayReach(address.Host, to) || !(isClosed = true)));
        var (response, failure) = await http.OpenAsync(new HttpRequestSpec { Address = address, Headers = [new("Accept", "*/*")] }, cancellationToken);
        using (response)
        {
            if (response is not { IsSuccessStatusCode: true })
            {
                return (null, failure?.Location, isClosed ? Closed(address.Host) : failure?.Text ?? $"{address.Host} answered {(int)response!.StatusCode}.");
            }

            await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            return (await files.TakeAsync(content, label with { Name = NameOf(address), Type = response.Content.Headers.ContentType?.ToString() ?? "application/octet-stream" }, cancellationToken), null, null);
        }
    }

    private string? Problem(Uri address) =>
        address.Scheme != Uri.UriSchemeHttps ? "must begin with https:// or be the handle of a file of yours (file:0123…)."
        : address.UserInfo.Length > 0 ? "holds a credential."
        : !settings.FileHosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase) ? $"{address.Host} is not a host from which files may be fetched (fileHosts in the settings)."
        : IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out var literal) && !MayReach(address.Host, literal) ? Closed(address.Host)
        : null;

    private static string Closed(string host) => $"{host} does not lie on the open internet (allowPrivateFileHosts in the settings names exceptions).";

    private bool MayReach(string host, IPAddress address) => PublicAddresses.Contains(address) || settings.PrivateFileHosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    private BackendHttpOptions OptionsFor(Uri address, Func<IPAddress, bool> mayReach) => new()
    {
        Address = address,
        Words = new PlatformWords { Server = "The host of the file", AddressSetting = "the argument" },
        Proxy = client.Options.Http.Proxy,
        Tls = new TlsRules { ExtraCaFile = client.Options.Http.Tls.ExtraCaFile },
        MayReach = mayReach,
    };

    private static string NameOf(Uri address)
    {
        var last = Uri.UnescapeDataString(address.Segments[^1]).Trim('/');
        return last.Length is > 0 and <= 200 && last.All(static c => c is >= ' ' and not ('/' or '\\' or '"')) ? last : "file";
    }
}
