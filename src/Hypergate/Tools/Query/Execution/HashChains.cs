using System.Numerics;

namespace Hypergate.Tools.Query.Execution;

/// <summary>Finds numbered things by their hash, without an object for each: a head for each bucket, and chains of numbers.</summary>
/// <param name="capacity">The most things there will be.</param>
internal sealed class HashChains(int capacity)
{
    private readonly int[] _heads = new int[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity))];
    private readonly int[] _next = new int[capacity];
    private readonly int[] _hashes = new int[capacity];

    public void Add(int thing, int hash)
    {
        ref var head = ref _heads[hash & (_heads.Length - 1)];
        _hashes[thing] = hash;
        _next[thing] = head - 1;
        head = thing + 1;
    }

    /// <summary>The thing last added with a hash; −1 where there is none.</summary>
    public int First(int hash) => Matching(_heads[hash & (_heads.Length - 1)] - 1, hash);

    /// <summary>The one added before it.</summary>
    public int Next(int thing) => Matching(_next[thing], _hashes[thing]);

    private int Matching(int thing, int hash)
    {
        while (thing >= 0 && _hashes[thing] != hash)
        {
            thing = _next[thing];
        }

        return thing;
    }
}
