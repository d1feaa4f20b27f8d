using System.Globalization;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Authentication;
using Hypergate.Host.Settings;
using Hypergate.Schemas;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate keys create | list | show | rotate | disable | enable | revoke</c>.</summary>
/// <param name="shelf">Where the keys lie.</param>
/// <param name="roles">Those that a new key may have.</param>
/// <param name="record">Records what is done, and what about it.</param>
internal sealed class KeysCommands(IApiKeyShelf shelf, Func<RoleBook> roles, Func<string, string, Task> record, Terminal terminal, TimeProvider time)
{
    /// <summary>Makes a key and shows it, once.</summary>
    /// <exception cref="SettingsException">One of its roles does not exist, or its name is taken.</exception>
    public Task<int> CreateAsync(NewKey wish, CancellationToken cancellationToken) => MakeAsync(wish, (keys, text) =>
    {
        string[] known = [.. roles().Names];
        if (wish.Roles.FirstOrDefault(role => !known.Contains(role, StringComparer.Ordinal)) is { } unknown)
        {
            throw new SettingsException($"There is no role '{unknown}'; there are {string.Join(", ", known)}{(NearestName.Find(unknown, known) is { } near ? $". Did you mean {near}?" : "")}");
        }

        if (keys.FirstOrDefault(key => key.Name == wish.Name && key.MayHold(time.GetUtcNow())) is { } taken)
        {
            throw new SettingsException($"There is a key named '{wish.Name}' already{(taken.Disabled is null ? "" : ", which is disabled")}; rotate or revoke it, or take another name");
        }

        return [.. keys, wish.Make(text, time.GetUtcNow())];
    }, cancellationToken);

    /// <summary>Makes a new key with the rights of an old one, which ends after the grace time.</summary>
    public async Task<int> RotateAsync(string name, TimeSpan grace, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await MakeAsync(null, (keys, text) =>
        {
            var old = Find(keys, name);
            var life = old.Expires is { } end ? end - old.Created : (TimeSpan?)null;
            var last = now + grace;
            var next = old with
            {
                Id = text.Id,
                Hash = Convert.ToHexStringLower(text.Hash),
                Created = now,
                CreatedBy = Environment.UserName,
                Expires = life is null ? null : now + life,
                LastUsed = null,
            };
            return [.. keys.Select(key => key == old ? old with { Expires = old.Expires < last ? old.Expires : last } : key), next];
        }, cancellationToken);
    }

    /// <summary>Ends every key of that name, or the one with that id, at once.</summary>
    public async Task<int> RevokeAsync(string name, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var count = await TurnAsync(name, key => key.MayHold(now), key => key with { Revoked = now }, "valid key", cancellationToken);
        await terminal.Output.WriteLineAsync($"Revoked {count} key{(count == 1 ? "" : "s")} of '{name}'.");
        return await RecordEndAsync(KeyRecords.Revoked, name);
    }

    /// <summary>Takes away every key of that name, or the one with that id, at once, until it is given back.</summary>
    /// <exception cref="SettingsException">There is none that holds.</exception>
    public async Task<int> DisableAsync(string name, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var count = await TurnAsync(name, key => key.IsValid(now), key => key with { Disabled = now }, "valid key", cancellationToken);
        await terminal.Output.WriteLineAsync($"Disabled {count} key{(count == 1 ? "" : "s")} of '{name}'. To give back: hypergate keys enable {name}");
        return await RecordEndAsync(KeyRecords.Disabled, name);
    }

    /// <summary>Gives back what was disabled and has not ended since.</summary>
    /// <exception cref="SettingsException">There is none.</exception>
    public async Task<int> EnableAsync(string name, CancellationToken cancellationToken)
    {
        const string What = "disabled key";
        var now = time.GetUtcNow();
        bool IsOff(ApiKey key) => key.Disabled is not null && key.MayHold(now);

        // It gives rights, so it is recorded before it does.
        await shelf.RefreshAsync(cancellationToken);
        var keys = shelf.Read();
        await record(KeyRecords.Enabled, keys.Any(key => (key.Name == name || key.Id == name) && IsOff(key)) ? name : throw Unknown(keys, name, What));
        var count = await TurnAsync(name, IsOff, static key => key with { Disabled = null }, What, cancellationToken);
        await terminal.Output.WriteLineAsync($"Enabled {count} key{(count == 1 ? "" : "s")} of '{name}'.");
        return ExitCode.Done;
    }

    /// <summary>Shows all keys, without their secrets.</summary>
    public async Task<int> ListAsync(CancellationToken cancellationToken)
    {
        await shelf.RefreshAsync(cancellationToken);
        var keys = shelf.Read();
        if (keys.Count == 0)
        {
            await terminal.Output.WriteLineAsync("There are no keys. Make one: hypergate keys create --name NAME --role ROLE");
            return ExitCode.Done;
        }

        string[][] rows = [["id", "name", "roles", "backends", "surfaces", "networks", "limits", "created", "expires", "last used", "state"], .. keys.Select(Row)];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            await terminal.Output.WriteLineAsync(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        return ExitCode.Done;
    }

    /// <summary>Shows all there is of a key by its name, or the one with that id, but its secret.</summary>
    /// <exception cref="SettingsException">There is none.</exception>
    public async Task<int> ShowAsync(string name, CancellationToken cancellationToken)
    {
        await shelf.RefreshAsync(cancellationToken);
        var keys = shelf.Read();
        var shown = keys.Where(key => key.Name == name || key.Id == name).OrderByDescending(static key => key.Created).ToList();
        if (shown.Count == 0)
        {
            throw Unknown(keys, name, "key");
        }

        await terminal.Output.WriteLineAsync(string.Join($"{Environment.NewLine}{Environment.NewLine}", shown.Select(key => KeyPage.Of(key, time.GetUtcNow()))));
        return ExitCode.Done;
    }

    private async Task<int> MakeAsync(NewKey? wish, Func<IReadOnlyList<ApiKey>, ApiKeyText, IReadOnlyList<ApiKey>> change, CancellationToken cancellationToken)
    {
        var text = ApiKeyText.New();

        // A key gives rights, so it is recorded before there is one; what is wrong with the wish shows before that.
        await shelf.RefreshAsync(cancellationToken);
        var planned = change(shelf.Read(), text)[^1];
        await record(wish is null ? KeyRecords.Rotated : KeyRecords.Created, $"{planned.Id}: {planned.Name} ({string.Join(", ", planned.Roles)}{(planned.ReadOnly == true ? ", read only" : "")})");
        var made = await shelf.ChangeAsync(
            keys =>
            {
                var next = change(keys, text);
                return (next, next[^1]);
            },
            time,
            cancellationToken);
        await terminal.Error.WriteLineAsync($"{(wish is null ? "The new key" : "The key")} of '{made.Name}' ({string.Join(", ", made.Roles)}{(made.Expires is { } end ? $", until {Day(end)}" : ", without end")}). It is shown this once:");
        await terminal.Output.WriteLineAsync(text.Text);
        return ExitCode.Done;
    }

    private Task<int> TurnAsync(string name, Func<ApiKey, bool> fits, Func<ApiKey, ApiKey> turn, string what, CancellationToken cancellationToken) => shelf.ChangeAsync<int>(
        keys =>
        {
            var turned = keys.Where(key => (key.Name == name || key.Id == name) && fits(key)).ToHashSet();
            return turned.Count == 0 ? throw Unknown(keys, name, what) : ([.. keys.Select(key => turned.Contains(key) ? turn(key) : key)], turned.Count);
        },
        time,
        cancellationToken);

    // The end of a key comes first: neither a full disk nor wrong settings may keep anybody from it.
    private async Task<int> RecordEndAsync(string what, string name)
    {
        try
        {
            await record(what, name);
        }
        catch (Exception exception) when (exception is SettingsException or IOException or UnauthorizedAccessException)
        {
            await terminal.Error.WriteLineAsync($"The audit does not tell of it: {exception.Message}");
        }

        return ExitCode.Done;
    }

    private ApiKey Find(IReadOnlyList<ApiKey> keys, string name)
    {
        var now = time.GetUtcNow();
        return keys.Where(key => (key.Name == name || key.Id == name) && key.IsValid(now)).MaxBy(static key => key.Created) ?? throw Unknown(keys, name);
    }

    private static SettingsException Unknown(IReadOnlyList<ApiKey> keys, string name, string what = "valid key")
    {
        var nearest = NearestName.Find(name, keys.Select(static key => key.Name).Distinct(StringComparer.Ordinal));
        return new($"There is no {what} '{name}'{(nearest is null ? "" : $"; did you mean '{nearest}'?")}");
    }

    private string[] Row(ApiKey key) =>
    [
        key.Id,
        key.Name,
        string.Join(',', key.Roles) + (key.ReadOnly == true ? " (read only)" : ""),
        key.Backends is { } backends ? string.Join(',', backends) : "all",
        key.Surfaces is { } surfaces ? string.Join(',', surfaces) : "all",
        key.Networks is { } networks ? string.Join(',', networks) : "all",
        KeyPage.Limits(key),
        Day(key.Created),
        key.Expires is { } end ? Day(end) : "never",
        KeyPage.LastUse(key),
        KeyPage.State(key, time.GetUtcNow()),
    ];

    private static string Day(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
