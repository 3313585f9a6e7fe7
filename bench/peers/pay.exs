# A process for each guild, and one that owns the log. Started by elixir.ts, which explains the arguments.

defmodule PayLog do
  # `each`: one record after another. `group`: all that gathered meanwhile with one sync.
  def start(path, form), do: spawn_link(fn -> loop(:file.open(path, [:raw, :binary, :append]) |> elem(1), form) end)

  defp loop(file, form) do
    receive do
      {:append, record, from} ->
        {records, waiting} = if form == "each", do: {[record], [from]}, else: gather([record], [from])
        :ok = :file.write(file, Enum.reverse(records))
        :ok = :file.datasync(file)
        Enum.each(waiting, &GenServer.reply(&1, true))
        loop(file, form)
    end
  end

  defp gather(records, waiting) do
    receive do
      {:append, record, from} -> gather([record | records], [from | waiting])
    after
      0 -> {records, waiting}
    end
  end
end

defmodule PayGuild do
  use GenServer

  def init({members, coins, most, log, bytes, form}) do
    balances = for member <- 0..(members - 1), into: %{}, do: {member, coins}
    {:ok, %{balances: balances, seen: %{}, rows: 0, most: most, log: log, bytes: bytes, form: form}}
  end

  def handle_call({:pay, guild, payer, receiver, id}, from, state) do
    held = state.balances[payer]
    reached = state.balances[receiver] + 1

    cond do
      Map.has_key?(state.seen, id) ->
        {:reply, true, state}

      held < 1 or reached > state.most ->
        {:reply, false, state}

      true ->
        fields = <<guild::32, payer::32, receiver::32, id::64>>
        record = <<fields::binary, 0::size((state.bytes - byte_size(fields)) * 8)>>
        balances = %{state.balances | payer => held - 1, receiver => reached}
        after_pay = %{state | balances: balances, seen: Map.put(state.seen, id, true), rows: state.rows + 1}

        if state.form == "each" do
          # The handler waits for the disk, as one would first write it.
          tag = make_ref()
          send(state.log, {:append, record, {self(), tag}})
          receive do: ({^tag, true} -> {:reply, true, after_pay})
        else
          send(state.log, {:append, record, from})
          {:noreply, after_pay}
        end
    end
  end

  def handle_call(:audit, _from, state) do
    {:reply, {state.balances |> Map.values() |> Enum.sum(), state.rows}, state}
  end
end

defmodule PayBench do
  def run([payments, log, form, guilds, members, coins, most, outstanding, warm_up, duration, bytes]) do
    [guilds, members, coins, most, outstanding, warm_up, duration, bytes] =
      Enum.map([guilds, members, coins, most, outstanding, warm_up, duration, bytes], &String.to_integer/1)

    payments = File.read!(payments)
    log = PayLog.start(log, form)

    actors =
      0..(guilds - 1)
      |> Enum.map(fn _ -> GenServer.start_link(PayGuild, {members, coins, most, log, bytes, form}) |> elem(1) end)
      |> List.to_tuple()

    counter = :atomics.new(1, [])
    ask = fn -> pay(actors, payments, :atomics.add_get(counter, 1, 1)) end
    {_, warm_paid, _, _} = loop(ask, outstanding, warm_up)
    from = System.os_time(:millisecond)
    {asked, paid, elapsed, _} = loop(ask, outstanding, duration)
    until = System.os_time(:millisecond)
    pay_twice(actors, payments, counter)

    {held, rows} =
      Enum.reduce(0..(guilds - 1), {0, 0}, fn index, {held, rows} ->
        {more, more_rows} = GenServer.call(elem(actors, index), :audit, 60_000)
        {held + more, rows + more_rows}
      end)

    IO.puts(
      ~s({"asked":#{asked},"paid":#{paid},"paidBefore":#{warm_paid},"elapsedMs":#{elapsed / 1000},) <>
        ~s("fromMs":#{from},"untilMs":#{until},"coins":#{held},"ledgerRows":#{rows}})
    )
  end

  defp pay(actors, payments, id) do
    <<guild::little-32, payer::little-16, receiver::little-16>> =
      binary_part(payments, rem(id, div(byte_size(payments), 8)) * 8, 8)

    GenServer.call(elem(actors, guild), {:pay, guild, payer, receiver, id}, 60_000)
  end

  defp pay_twice(actors, payments, counter) do
    id = :atomics.add_get(counter, 1, 1)

    if pay(actors, payments, id),
      do: true = pay(actors, payments, id),
      else: pay_twice(actors, payments, counter)
  end

  defp loop(ask, outstanding, milliseconds) do
    started = System.monotonic_time(:microsecond)
    until = started + milliseconds * 1000

    counts =
      1..outstanding
      |> Enum.map(fn _ -> Task.async(fn -> one(ask, until, 0, 0) end) end)
      |> Task.await_many(:infinity)

    elapsed = System.monotonic_time(:microsecond) - started
    {counts |> Enum.map(&elem(&1, 0)) |> Enum.sum(), counts |> Enum.map(&elem(&1, 1)) |> Enum.sum(), elapsed, counts}
  end

  defp one(ask, until, asked, paid) do
    if System.monotonic_time(:microsecond) >= until,
      do: {asked, paid},
      else: one(ask, until, asked + 1, if(ask.(), do: paid + 1, else: paid))
  end
end

PayBench.run(System.argv())
