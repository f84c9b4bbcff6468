(* SPDX-License-Identifier: BSD-2-Clause *)
(* Law 1 (after seal no step grows authority) and law 2 (every leaf lies in a window of its space,
   every window in its region, regions apart), for every step and every run of the model.
   Test: specification. *)
From Coq Require Import NArith Bool List Lia FMapAVL FMapFacts OrderedTypeEx.
Require Import Abi Memory Ipc Model.
Import ListNotations.
Local Open Scope N_scope.

Ltac split_matches :=
  repeat match goal with
         | |- context [match ?x with _ => _ end] => destruct x eqn:?; simpl
         end.

(* ---- law 1 ---- *)

Definition cap_le (c d : cap) : Prop :=
  c_type c = c_type d /\ c_object c = c_object d /\ c_badge c = c_badge d /\
  N.land (c_rights c) (c_rights d) = c_rights c.

(* Every capability of the first was there in the second, with at least these rights. *)
Definition caps_le (m n : M.t cap) : Prop :=
  forall k c, M.find k m = Some c -> exists d, M.find k n = Some d /\ cap_le c d.

Definition auth_le (a b : auth) : Prop :=
  a_sealed a = true /\ caps_le (a_caps a) (a_caps b).

Lemma cap_le_refl c : cap_le c c.
Proof. unfold cap_le; rewrite N.land_diag; auto. Qed.

Lemma cap_le_trans c d e : cap_le c d -> cap_le d e -> cap_le c e.
Proof.
  unfold cap_le; intros (A & B & C & D) (A' & B' & C' & D'); repeat split; try congruence.
  rewrite <- D, <- N.land_assoc, D'. rewrite D; auto.
Qed.

Lemma caps_le_refl m : caps_le m m.
Proof. intros k c H; exists c; auto using cap_le_refl. Qed.

Lemma caps_le_trans a b c : caps_le a b -> caps_le b c -> caps_le a c.
Proof.
  intros H K k x E. destruct (H _ _ E) as (y & Ey & Ly). destruct (K _ _ Ey) as (z & Ez & Lz).
  exists z; eauto using cap_le_trans.
Qed.

Lemma auth_le_refl a : a_sealed a = true -> auth_le a a.
Proof. unfold auth_le; auto using caps_le_refl. Qed.

Lemma drop_le a t i : a_sealed a = true -> auth_le (drop a t i) a.
Proof.
  intros H; split; auto; intros k c E; simpl in E; rewrite F.remove_o in E.
  destruct (N_as_OT.eq_dec (slot t i) k); try discriminate; exists c; auto using cap_le_refl.
Qed.

Lemma reduce_le a t i r : a_sealed a = true -> auth_le (reduce a t i r) a.
Proof.
  intros H; unfold reduce; destruct (M.find (slot t i) (a_caps a)) as [d|] eqn:D;
    [|apply auth_le_refl; auto].
  split; auto; intros k c E; simpl in E; rewrite F.add_o in E.
  destruct (N_as_OT.eq_dec (slot t i) k) as [e|].
  - inversion E; subst c. exists d; rewrite <- e; split; auto. unfold cap_le; simpl; repeat split; auto.
    rewrite (N.land_comm (c_rights d)), <- N.land_assoc, N.land_diag; auto.
  - exists c; auto using cap_le_refl.
Qed.

Lemma grant_sealed a m t x y z b : a_sealed a = true -> fst (grant a m t x y z b) = a.
Proof. intros H; unfold grant; rewrite H; auto. Qed.

Lemma create_sealed a m t x y : a_sealed a = true -> fst (create a m t x y) = a.
Proof. intros H; unfold create; rewrite H; auto. Qed.

Lemma seal_sealed a : a_sealed a = true -> fst (seal a) = a.
Proof. intros H; unfold seal; rewrite H; auto. Qed.

Definition auth_out (o : outcome) : auth := fst (fst (fst o)).
Definition mem_out (o : outcome) : mem := snd (fst (fst o)).

Lemma space_method_auth a m t n k x0 x1 x2 x3 x4 s :
  auth_out (space_method a m t n k x0 x1 x2 x3 x4 s) = a.
Proof. unfold space_method, auth_out; split_matches; auto. Qed.

Lemma iospace_method_auth a m t n k x0 x1 x2 x3 x4 s :
  auth_out (iospace_method a m t n k x0 x1 x2 x3 x4 s) = a.
Proof.
  unfold iospace_method. destruct (k =? M_IOSPACE_UPDATE).
  - unfold auth_out; split_matches; auto.
  - split_matches; apply space_method_auth.
Qed.

Lemma captable_method_le a m t n k x0 x1 x2 x3 : a_sealed a = true ->
  auth_le (auth_out (captable_method a m t n k x0 x1 x2 x3)) a.
Proof.
  intros H; unfold captable_method. destruct (k =? M_CAPTABLE_GRANT).
  - pose proof (grant_sealed a t n x0 x1 x2 x3 H) as G.
    destruct (grant a t n x0 x1 x2 x3) as [a' e]; simpl in *; subst; apply auth_le_refl; auto.
  - unfold auth_out; split_matches; auto using auth_le_refl, drop_le, reduce_le.
Qed.

Lemma same_auth (p : auth * N) a : fst p = a -> a_sealed a = true -> auth_le (fst p) a.
Proof. intros -> H; apply auth_le_refl; auto. Qed.

Lemma partition_method_le a m t k x0 x1 x2 : a_sealed a = true ->
  auth_le (auth_out (partition_method a m t k x0 x1 x2)) a.
Proof.
  intros H; unfold partition_method. destruct (k =? M_PARTITION_SEAL).
  { pose proof (same_auth _ _ (seal_sealed a H) H). destruct (seal a); auto. }
  destruct (k =? M_PARTITION_CREATE_REGION).
  { unfold create_region; rewrite H; apply auth_le_refl; auto. }
  destruct (k =? M_PARTITION_CREATE_ENDPOINT).
  - pose proof (same_auth _ _ (create_sealed a t x0 O_ENDPOINT 64 H) H).
    destruct (create a t x0 O_ENDPOINT 64); auto.
  - pose proof (same_auth _ _ (create_sealed a t x0 O_NOTIFICATION 64 H) H).
    destruct (create a t x0 O_NOTIFICATION 64); auto.
Qed.

Lemma dispatch_le a m t c k x0 x1 x2 x3 x4 : a_sealed a = true ->
  auth_le (auth_out (dispatch a m t c k x0 x1 x2 x3 x4)) a.
Proof.
  intros H; unfold dispatch.
  destruct (c_type c =? O_CAPTABLE); [apply captable_method_le; auto|].
  destruct (c_type c =? O_PARTITION); [apply partition_method_le; auto|].
  destruct (M.find (c_object c) (m_spaces m)); [|apply auth_le_refl; auto].
  destruct (c_type c =? O_SPACE); rewrite ?space_method_auth, ?iospace_method_auth;
    apply auth_le_refl; auto.
Qed.

Lemma invoke_outcome_le s t : a_sealed (auth_of s) = true ->
  auth_le (auth_out (invoke_outcome s t)) (auth_of s).
Proof.
  intros H; unfold invoke_outcome. destruct (find_cap _ _ _) as [c|]; [|apply auth_le_refl; auto].
  destruct (negb _); [apply auth_le_refl; auto | apply dispatch_le; auto].
Qed.

Theorem step_never_grows s t n : a_sealed (auth_of s) = true ->
  auth_le (auth_of (step s t n)) (auth_of s).
Proof.
  intros H; unfold step. destruct (n =? N_INVOKE); [|apply auth_le_refl; auto].
  unfold invoke. pose proof (invoke_outcome_le s t H) as L.
  destruct (invoke_outcome s t) as [[[a m] e] l]; simpl in *; auto.
Qed.

(* Law 1: after seal, whatever is called in whatever order, no slot gains anything. *)
Theorem authority_never_grows calls : forall s, a_sealed (auth_of s) = true ->
  auth_le (auth_of (run s calls)) (auth_of s).
Proof.
  induction calls as [|c r IH]; intros s H; simpl.
  - apply auth_le_refl; auto.
  - pose proof (step_never_grows s (fst c) (snd c) H) as [S L].
    destruct (IH _ S) as [S' L']. split; auto. eapply caps_le_trans; eauto.
Qed.

(* ---- law 2 ---- *)

Definition leaf_ok (ws : M.t window) (l : leaf) : Prop :=
  exists k w, M.find k ws = Some w /\ in_window w (l_frame l) = true /\
              (l_write l = true -> can_write w = true).
Definition leaves_ok (ws : M.t window) (ls : M.t leaf) : Prop :=
  forall p l, M.find p ls = Some l -> leaf_ok ws l.
Definition window_ok (rs : list (N * N)) (w : window) : Prop :=
  exists r, nth_error rs (N.to_nat (w_region w)) = Some r /\
            fst r <= w_first w /\ w_first w + w_pages w <= fst r + snd r.
Definition space_ok (rs : list (N * N)) (s : space) : Prop :=
  leaves_ok (s_windows s) (s_leaves s) /\
  forall k w, M.find k (s_windows s) = Some w -> window_ok rs w.
Definition regions_ok (rs : list (N * N)) : Prop :=
  forall i j r q, (i < j)%nat -> nth_error rs i = Some r -> nth_error rs j = Some q ->
                  overlaps (fst q) (snd q) r = false.
Definition mem_ok (m : mem) : Prop :=
  regions_ok (m_regions m) /\
  forall n s, M.find n (m_spaces m) = Some s -> space_ok (m_regions m) s.

Lemma leaves_add ws ls p l : leaves_ok ws ls -> leaf_ok ws l -> leaves_ok ws (M.add p l ls).
Proof.
  intros H L q x E; rewrite F.add_o in E. destruct (N_as_OT.eq_dec p q).
  - inversion E; subst; auto.
  - eapply H; eauto.
Qed.

Lemma leaves_remove ws ls p : leaves_ok ws ls -> leaves_ok ws (M.remove p ls).
Proof.
  intros H q x E; rewrite F.remove_o in E. destruct (N_as_OT.eq_dec p q); try discriminate.
  eapply H; eauto.
Qed.

Lemma map_n_ok ws k w write exec n : forall ls p f, leaves_ok ws ls -> M.find k ws = Some w ->
  (write = true -> can_write w = true) -> w_first w <= f -> f + N.of_nat n <= w_first w + w_pages w ->
  leaves_ok ws (map_n ls p f write exec n).
Proof.
  induction n; intros ls p f H K W A B; auto. cbn [map_n]. apply IHn; auto; try lia.
  apply leaves_add; auto. exists k, w; repeat split; auto; simpl.
  unfold in_window. apply andb_true_intro; split; [apply N.leb_le | apply N.ltb_lt]; lia.
Qed.

Lemma unmap_n_ok ws n : forall ls p, leaves_ok ws ls -> leaves_ok ws (unmap_n ls p n).
Proof. induction n; intros; simpl; auto using leaves_remove. Qed.

Lemma land_sub_bit a b c : N.land a b = a -> N.land a c = c -> N.land b c = c.
Proof.
  intros H K. transitivity (N.land b (N.land a c)); [rewrite K; auto|].
  rewrite N.land_assoc, (N.land_comm b a), H; auto.
Qed.

Lemma check_window_spec s k p r w : check_window s k p r = Some w ->
  M.find k (s_windows s) = Some w /\ p < w_pages w /\ N.land r (w_rights w) = r.
Proof.
  unfold check_window; destruct (negb _); try discriminate.
  destruct (M.find k (s_windows s)) as [x|]; try discriminate.
  destruct ((p <? w_pages x) && _) eqn:E; try discriminate; intro X; inversion X; subst.
  apply andb_true_iff in E as [A B]; apply N.ltb_lt in A; apply N.eqb_eq in B; auto.
Qed.

Lemma map_pages_ok rs s p k q n r : space_ok rs s -> space_ok rs (fst (map_pages s p k q n r)).
Proof.
  intros [L W]; unfold map_pages.
  destruct (negb (check_range s p n =? E_OK)) eqn:C; [split; auto|].
  destruct (negb (has r R_REGION_READ) || (7 <? r)); [split; auto|].
  destruct (check_window s k (q + n - 1) r) as [w|] eqn:E; [|split; auto].
  apply check_window_spec in E as (F1 & B & R). split; simpl; auto.
  assert (N0 : n <> 0).
  { intro Z; subst; unfold check_range in C; simpl in C; discriminate. }
  eapply map_n_ok; eauto; try lia.
  - intro Wr; unfold has in Wr; apply N.eqb_eq in Wr. unfold can_write; apply N.eqb_eq.
    eapply land_sub_bit; eauto.
Qed.

Lemma unmap_pages_ok rs s p n : space_ok rs s -> space_ok rs (fst (unmap_pages s p n)).
Proof.
  intros [L W]; unfold unmap_pages; destruct (negb _); split; simpl; auto using unmap_n_ok.
Qed.

Lemma free_window_none s k : free_window s = Some k -> M.find k (s_windows s) = None.
Proof.
  unfold free_window; intro H; apply find_some in H as [_ H].
  rewrite F.mem_find_b in H. destruct (M.find k (s_windows s)); simpl in H; auto; discriminate.
Qed.

Lemma leaves_more_windows ws ls k w : M.find k ws = None -> leaves_ok ws ls ->
  leaves_ok (M.add k w ws) ls.
Proof.
  intros N0 H p l E; destruct (H _ _ E) as (j & x & A & B & C); exists j, x; split; auto.
  rewrite F.add_o; destruct (N_as_OT.eq_dec k j); auto. congruence.
Qed.

Lemma add_window_ok rs s r number p n rights caps : space_ok rs s ->
  nth_error rs (N.to_nat number) = Some r ->
  space_ok rs (fst (fst (add_window s r number p n rights caps))).
Proof.
  intros [L W] R; unfold add_window. destruct (negb (has rights R_REGION_READ) || _); [split; auto|].
  destruct (negb _ || _ || _ || _) eqn:C; [split; auto|].
  destruct (free_window s) as [k|] eqn:Fr; [|split; auto]. apply free_window_none in Fr.
  split; simpl; auto using leaves_more_windows.
  intros j w E; rewrite F.add_o in E; destruct (N_as_OT.eq_dec k j).
  - inversion E; subst; simpl. exists r; simpl; split; auto.
    repeat (apply orb_false_iff in C as [C ?]).
    repeat match goal with H : (_ <? _) = false |- _ => apply N.ltb_ge in H end. lia.
  - eauto.
Qed.

Lemma drop_windows_ok rs s k w : space_ok rs s -> M.find k (s_windows s) = Some w ->
  space_ok rs (set_windows s (M.remove k (s_windows s))
    (P.filter (fun _ l => negb (in_window w (l_frame l))) (s_leaves s))).
Proof.
  intros [L W] K; split; simpl.
  - intros p l E. apply F.find_mapsto_iff in E. apply P.filter_iff in E as [E B];
      [|intros ? ? ? ? ? ?; subst; auto].
    apply F.find_mapsto_iff in E. destruct (L _ _ E) as (j & x & A & I & C). exists j, x.
    split; auto. rewrite F.remove_o; destruct (N_as_OT.eq_dec k j) as [e|]; auto.
    rewrite <- e in A. rewrite K in A; inversion A; subst. rewrite I in B; discriminate.
  - intros j x E; rewrite F.remove_o in E; destruct (N_as_OT.eq_dec k j); try discriminate; eauto.
Qed.

Lemma drop_window_ok rs s k : space_ok rs s -> space_ok rs (fst (drop_window s k)).
Proof.
  intros H; unfold drop_window; destruct (M.find k (s_windows s)) as [w|] eqn:E; simpl; auto.
  destruct (s_io s); [destruct (s_updated s)|]; simpl; auto; apply drop_windows_ok; auto.
Qed.

Lemma word_of_spec w x q write : word_of (Some w) x = Some (Some (q, write)) ->
  q < w_pages w /\ (write = true -> can_write w = true).
Proof.
  unfold word_of. destruct (((x mod page =? 0) && can_write w) || (x mod page =? 512)) eqn:C.
  - destruct (x / page <? w_pages w) eqn:B; try discriminate; intro E; inversion E; subst.
    apply N.ltb_lt in B; split; auto. intro Z; apply orb_true_iff in C as [C|C].
    + apply andb_true_iff in C as [_ C]; auto.
    + apply N.eqb_eq in C; apply N.eqb_eq in Z; rewrite C in Z; discriminate.
  - destruct (_ =? 1); discriminate.
Qed.

Lemma update_n_ok rs k ow words base n : forall s p done, space_ok rs s ->
  M.find k (s_windows s) = ow ->
  space_ok rs (fst (update_n s ow words base p done n)) /\
  s_windows (fst (update_n s ow words base p done n)) = s_windows s.
Proof.
  induction n; intros s p done [L W] K; cbn [update_n]; [split; [split|]; auto|].
  set (x := match M.find (base + done) words with Some y => y | None => 0 end).
  destruct (word_of ow x) as [[[q write]|]|] eqn:E.
  - destruct ow as [w|]; [|split; [split|]; auto].
    apply word_of_spec in E as [B C].
    destruct (IHn (set_leaves s (M.add p {| l_frame := w_first w + q; l_write := write;
                l_exec := false |} (s_leaves s)) true) (N.succ p) (done + 1)) as [X Y]; auto.
    split; simpl; auto. apply leaves_add; auto. exists k, w; repeat split; auto. simpl.
    unfold in_window; apply andb_true_intro; split; [apply N.leb_le | apply N.ltb_lt]; lia.
  - destruct (IHn (set_leaves s (M.remove p (s_leaves s)) true) (N.succ p) (done + 1)) as [X Y]; auto.
    split; simpl; auto using leaves_remove.
  - split; [split|]; auto.
Qed.

Lemma update_ok rs s words base p n k : space_ok rs s ->
  space_ok rs (fst (fst (update s words base p n k))).
Proof.
  intros H; unfold update. destruct (_ || _ || _); auto. destruct (_ || _); auto.
  destruct (negb _); auto.
  pose proof (update_n_ok rs k _ words base (N.to_nat n) s p 0 H eq_refl) as [X _].
  destruct (update_n _ _ _ _ _ _ _) as [s' d]; auto.
Qed.

Lemma set_space_ok m n s : mem_ok m -> space_ok (m_regions m) s -> mem_ok (set_space m n s).
Proof.
  intros [R H] S; split; auto. intros k x E; simpl in E; rewrite F.add_o in E.
  destruct (N_as_OT.eq_dec n k).
  - inversion E; subst; auto.
  - eapply H; eauto.
Qed.

Lemma space_method_ok a m t n k x0 x1 x2 x3 x4 s : mem_ok m -> M.find n (m_spaces m) = Some s ->
  mem_ok (mem_out (space_method a m t n k x0 x1 x2 x3 x4 s)).
Proof.
  intros H S; assert (SO : space_ok (m_regions m) s) by (destruct H as [_ H]; eauto).
  unfold space_method.
  destruct (k =? M_SPACE_MAP).
  { pose proof (map_pages_ok _ _ x0 x1 x2 x3 x4 SO). destruct (map_pages _ _ _ _ _ _).
    apply set_space_ok; auto. }
  destruct (k =? M_SPACE_UNMAP).
  { pose proof (unmap_pages_ok _ _ x0 x1 SO). destruct (unmap_pages _ _ _). apply set_space_ok; auto. }
  destruct (k =? M_SPACE_ADD_WINDOW).
  { destruct (a_sealed a); auto. destruct (negb (_ =? E_OK)); auto.
    destruct (find_cap a t x0) as [c|]; auto.
    destruct (nth_error (m_regions m) (N.to_nat (c_object c))) as [r|] eqn:E; auto.
    pose proof (add_window_ok _ _ _ _ x1 x2 x3 (c_rights c) SO E).
    destruct (add_window _ _ _ _ _ _ _) as [[s' e'] k']. apply set_space_ok; auto. }
  destruct (k =? M_SPACE_DROP_WINDOW).
  { destruct (a_sealed a); auto. destruct (negb _); auto.
    pose proof (drop_window_ok _ _ x0 SO). destruct (drop_window _ _). apply set_space_ok; auto. }
  destruct (_ || _); auto. destruct (M.find x0 (s_leaves s)); auto.
Qed.

Lemma iospace_method_ok a m t n k x0 x1 x2 x3 x4 s : mem_ok m -> M.find n (m_spaces m) = Some s ->
  mem_ok (mem_out (iospace_method a m t n k x0 x1 x2 x3 x4 s)).
Proof.
  intros H S; assert (SO : space_ok (m_regions m) s) by (destruct H as [_ H]; eauto).
  unfold iospace_method. destruct (k =? M_IOSPACE_UPDATE).
  { pose proof (update_ok _ _ (m_words m) (t * 512) x0 x1 x2 SO).
    destruct (update _ _ _ _ _ _) as [[s' e] d]. apply set_space_ok; auto. }
  destruct (k =? M_IOSPACE_ADD_WINDOW); [apply space_method_ok; auto|].
  destruct (k =? M_IOSPACE_DROP_WINDOW); apply space_method_ok; auto.
Qed.

Lemma overlaps_spec first n r : overlaps first n r = false ->
  fst r + snd r <= first \/ first + n <= fst r.
Proof.
  unfold overlaps; intro H; apply andb_false_iff in H as [H|H]; apply N.ltb_ge in H; auto.
Qed.

Lemma regions_append rs first n : regions_ok rs -> existsb (overlaps first n) rs = false ->
  regions_ok (rs ++ [(first, n)]).
Proof.
  intros H E i j r q L I J.
  destruct (PeanoNat.Nat.lt_ge_cases j (length rs)) as [A|A].
  - rewrite nth_error_app1 in J by auto. rewrite nth_error_app1 in I by lia.
    exact (H i j r q L I J).
  - assert (j = length rs).
    { assert (nth_error (rs ++ [(first, n)]) j <> None) as X by congruence.
      apply nth_error_Some in X; rewrite app_length in X; simpl in X; lia. }
    subst j. rewrite nth_error_app2, PeanoNat.Nat.sub_diag in J by lia. simpl in J.
    inversion J; subst; simpl.
    rewrite nth_error_app1 in I by auto. apply nth_error_In in I.
    destruct (overlaps first n r) eqn:O; auto.
    assert (existsb (overlaps first n) rs = true) by (apply existsb_exists; eauto). congruence.
Qed.

Lemma space_more_regions rs r s : space_ok rs s -> space_ok (rs ++ [r]) s.
Proof.
  intros [L W]; split; auto. intros k w E; destruct (W _ _ E) as (x & A & B); exists x; split; auto.
  rewrite nth_error_app1; auto. apply nth_error_Some; congruence.
Qed.

Lemma create_region_ok a m t x0 x1 x2 : mem_ok m -> mem_ok (mem_out (create_region a m t x0 x1 x2)).
Proof.
  intros H; unfold create_region. destruct (a_sealed a); auto. destruct (negb _); auto.
  destruct (negb (check_region m x1 x2 =? E_OK)) eqn:C; auto.
  destruct (create a t x0 O_REGION 128) as [a' e]. unfold mem_out; simpl.
  destruct (e =? E_OK); auto. destruct H as [R H]. split; simpl.
  - apply regions_append; auto. unfold check_region in C.
    destruct ((x2 =? 0) || _ || _ || _); [discriminate|].
    destruct (existsb _ _); auto; discriminate.
  - intros n s E; apply space_more_regions; eauto.
Qed.

Lemma dispatch_ok a m t c k x0 x1 x2 x3 x4 : mem_ok m ->
  mem_ok (mem_out (dispatch a m t c k x0 x1 x2 x3 x4)).
Proof.
  intros H; unfold dispatch. destruct (c_type c =? O_CAPTABLE).
  { unfold captable_method, mem_out; split_matches; auto. }
  destruct (c_type c =? O_PARTITION).
  { unfold partition_method. destruct (k =? M_PARTITION_SEAL).
    { unfold mem_out; split_matches; auto. }
    destruct (k =? M_PARTITION_CREATE_REGION); [apply create_region_ok; auto|].
    unfold mem_out; split_matches; auto. }
  destruct (M.find (c_object c) (m_spaces m)) as [s|] eqn:S; auto.
  destruct (c_type c =? O_SPACE); [apply space_method_ok | apply iospace_method_ok]; auto.
Qed.

Theorem step_keeps_windows s t n : mem_ok (mem_of s) -> mem_ok (mem_of (step s t n)).
Proof.
  intros H; unfold step. destruct (n =? N_INVOKE); auto. unfold invoke.
  assert (K : mem_ok (mem_out (invoke_outcome s t))).
  { unfold invoke_outcome. destruct (find_cap _ _ _) as [c|]; auto.
    destruct (negb _); auto; apply dispatch_ok; auto. }
  destruct (invoke_outcome s t) as [[[a m] e] l]; auto.
Qed.

(* Law 2: whatever is called in whatever order, every leaf lies in a window of its space. *)
Theorem nothing_outside_windows calls : forall s, mem_ok (mem_of s) -> mem_ok (mem_of (run s calls)).
Proof.
  induction calls as [|c r IH]; intros s H; simpl; auto. apply IH, step_keeps_windows; auto.
Qed.

Print Assumptions authority_never_grows.
Print Assumptions nothing_outside_windows.
